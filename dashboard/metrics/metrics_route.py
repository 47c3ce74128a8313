"""/metrics: who may read it, and what it says."""

import hmac
import time
from collections.abc import Iterator

import numpy as np
from flask import Flask, Response, abort, request

from dashboard.guard.at_home import is_at_home
from dashboard.metrics.counting import LEDGER, observe
from dashboard.metrics.exposition import CONTENT_TYPE, Family, Sample, exposition
from db.errors import DatabaseError
from db.settings import METRICS_TOKEN
from db.store.datasets import Dataset
from db.store.engine import MOST_CONNECTIONS, known_dataset
from db.version import VERSION
from recommender.serving.artifacts import trained_at

QUANTILES = (0.5, 0.9, 0.99)


def install(server: Flask, prefix: str) -> None:
    """Add /metrics to `server` below the URL `prefix`."""
    server.add_url_rule(f"{prefix}metrics", "metrics", metrics)


def metrics() -> Response:
    """For this machine, and for who sends the token; to others there is no such address."""
    if not (is_at_home(request) or _has_token()):
        abort(404)
    observe()
    text = exposition([*_requests(), *_answering(), *_data()])
    return Response(text, headers={"Cache-Control": "no-store"}, content_type=CONTENT_TYPE)


def _has_token() -> bool:
    token = METRICS_TOKEN.value()
    sent = request.headers.get("Authorization", "")
    return bool(token) and hmac.compare_digest(sent.encode(), f"Bearer {token}".encode())


def _requests() -> Iterator[Family]:
    routes = list(LEDGER.routes())
    yield Family(
        "reelscope_requests_total",
        "counter",
        "Requests answered.",
        tuple(
            Sample(n, {"route": name, "status": status or "else"})
            for name, counts in routes
            for status, n in counts.statuses.items()
        ),
    )
    yield Family(
        "reelscope_request_seconds",
        "summary",
        "Seconds from a request to its answer; quantiles of the latest ones.",
        tuple(
            sample
            for name, counts in routes
            for sample in _seconds(name, counts.latest, counts.seconds, counts.requests)
        ),
    )


def _seconds(route: str, latest: np.ndarray, total: float, n: int) -> Iterator[Sample]:
    for share in QUANTILES:
        yield Sample(float(np.quantile(latest, share)), {"route": route, "quantile": share})
    yield Sample(total, {"route": route}, "_sum")
    yield Sample(n, {"route": route}, "_count")


def _answering() -> Iterator[Family]:
    """What the workers do and hold."""
    single = Family.single
    total = LEDGER.total
    yield Family("reelscope_info", "gauge", "The version.", (Sample(1, {"version": VERSION}),))
    yield single(
        "reelscope_requests_under_way",
        "gauge",
        "Requests that are being answered, this one included.",
        total("under_way"),
    )
    yield single(
        "reelscope_worker_starts_total",
        "counter",
        "Web workers started: more than there are of them, where some have died.",
        total("starts"),
    )
    yield single(
        "reelscope_answers_kept", "gauge", "Answers that are kept, by all workers.", total("kept")
    )
    yield single(
        "reelscope_answers_kept_bytes", "gauge", "Bytes of the answers kept.", total("kept_bytes")
    )
    yield single(
        "reelscope_answers_from_kept_total",
        "counter",
        "Requests that were answered from what is kept.",
        total("from_kept"),
    )
    yield single(
        "reelscope_database_connections_used",
        "gauge",
        "Connections to the database that answer something now, of all workers.",
        total("connections"),
    )
    yield single(
        "reelscope_database_connections_most",
        "gauge",
        "As many as one worker may use.",
        MOST_CONNECTIONS,
    )


def _data() -> Iterator[Family]:
    """The dataset and its models; nothing of them while the database is away."""
    try:
        current = known_dataset()
    except DatabaseError:
        current = None
    yield Family.single(
        "reelscope_ready",
        "gauge",
        "1 where the database answers and ratings are loaded, as /readyz says.",
        current is not None,
    )
    if current:
        yield from _dataset(current)


def _dataset(current: Dataset) -> Iterator[Family]:
    single, named = Family.single, {"name": current.name, "fingerprint": current.fingerprint}
    yield Family(
        "reelscope_dataset_info", "gauge", "The dataset that all see.", (Sample(1, named),)
    )
    yield single("reelscope_dataset_ratings", "gauge", "Its ratings.", current.ratings)
    yield single("reelscope_dataset_users", "gauge", "Its users.", current.users)
    yield single("reelscope_dataset_films", "gauge", "Its films that are rated.", current.movies)
    yield single(
        "reelscope_dataset_loaded_timestamp_seconds",
        "gauge",
        "When it was loaded.",
        current.loaded_at.timestamp(),
    )
    yield Family(
        "reelscope_model_age_seconds",
        "gauge",
        "Since each model was trained on it.",
        tuple(
            Sample(max(0.0, time.time() - at), {"model": key})
            for key, at in trained_at(current.fingerprint).items()
        ),
    )
