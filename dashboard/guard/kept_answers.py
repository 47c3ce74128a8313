"""Finished answers, compressed: who asks the same again is served these bytes.

Neither the database is asked nor a figure built. A callback or an export says by
`session(lasting=True)` that its answer depends on what was asked and the dataset alone, or with
`until_learned` on models and measurements as well; it is kept under what it read.
"""

import json
from dataclasses import dataclass
from threading import Lock

from cachetools import LRUCache
from dash import Dash
from flask import g, request
from werkzeug.wrappers import Response

from dashboard.guard import under_way
from dashboard.guard.compression import ENCODINGS
from dashboard.guard.quick_look import dataset_at_once
from dashboard.state.learned import learned
from db.store.datasets import Dataset
from db.store.engine import known_dataset

MOST_BYTES = 32_000_000  # per worker
LARGEST = MOST_BYTES // 8  # of one answer
KEPT = {
    "Content-Type",
    "Content-Encoding",
    "Content-Disposition",
    "Vary",
    "X-Reelscope-Sample",
}
"""The headers of an answer's own; others are added to every answer."""


@dataclass(frozen=True)
class Answer:
    """The body as it was sent, what the headers say of it, and the dataset that it is of.

    learned: what had been trained and measured, if it depends on that.
    """

    dataset: Dataset
    data: bytes
    headers: tuple[tuple[str, str], ...]
    learned: object = None


_answers: LRUCache = LRUCache(MOST_BYTES, getsizeof=lambda answer: len(answer.data) + 1000)
_lock = Lock()
TOGETHER = "_answers"
"""The endpoint of callbacks that are asked in one request."""


def install(app: Dash) -> None:
    """Answer from what is kept; install it before compression, so that it keeps what that made."""
    prefix = app.config.routes_pathname_prefix
    pages = {prefix, prefix + "<path:path>"}  # Dash's endpoints for every page

    @app.server.before_request
    def answer() -> Response | None:
        if "post" in g:
            g.question = question(g.post)
        elif request.endpoint == "export" and request.method == "GET":
            g.question = request.full_path
        elif request.endpoint in pages and request.method == "GET":
            g.question = request.url  # whose host stands in the page
        elif request.endpoint == TOGETHER and request.is_json:
            g.question = request.get_data()
        else:
            return None
        page, asked = request.endpoint in pages, (_encoding(), g.question)
        kept = _kept(asked, page)
        if kept is None and request.endpoint != TOGETHER:  # of which each part waits for its own
            if under_way.begin(asked):
                g.making = asked
            else:
                kept = _kept(asked, page)
        if kept is None:
            return None
        g.dataset, g.from_kept, g.learned = kept.dataset.name, kept.dataset, kept.learned
        return Response(kept.data, headers=kept.headers)

    @app.server.teardown_request
    def end(_: BaseException | None) -> None:
        if "making" in g:
            under_way.end(g.pop("making"))

    @app.server.after_request
    def remember(response: Response) -> Response:
        read = g.get("lasting")
        complete = response.status_code == 200 and not response.is_streamed
        if read and complete and "question" in g:  # HEAD has none
            said = [(name, value) for name, value in response.headers if name in KEPT]
            answer = Answer(read, response.get_data(), tuple(said), g.get("learned"))
            keep(_encoding(), g.question, answer)
        if complete and request.method == "GET" and (read or "from_kept" in g):
            response.add_etag(weak=True)  # of these very bytes: another dataset's are others
            return response.make_conditional(request)
        return response


def keep(encoding: str | None, question: object, answer: Answer) -> None:
    """Serve `answer` to who asks the same in the same encoding; one that is very long is not."""
    if len(answer.data) <= LARGEST:
        with _lock:
            _answers[encoding, question] = answer


def _kept(asked: tuple, page: bool) -> Answer | None:
    """What is kept of a question in an encoding, if it is still right."""
    with _lock:
        kept = _answers.get(asked)
    return kept if kept is not None and _is_current(kept, page) else None


def _is_current(kept: Answer, page: bool) -> bool:
    """A page comes without a database, too: it says so itself."""
    if kept.dataset != (dataset_at_once() if page else known_dataset()):
        return False
    return kept.learned is None or kept.learned == learned(kept.dataset.fingerprint)


def question(post: dict) -> str:
    """What a callback's post asks, whatever the order of its keys and whichever input changed."""
    asked = [post.get(part) for part in ("output", "outputs", "inputs", "state")]
    return json.dumps(asked, sort_keys=True, separators=(",", ":"))


def clear() -> None:
    """Forget every answer, so that a benchmark asks the database each time."""
    with _lock:
        _answers.clear()


def held() -> tuple[int, int]:
    """How many answers are kept, and bytes."""
    with _lock:
        return len(_answers), int(_answers.currsize)


def _encoding() -> str | None:
    return request.accept_encodings.best_match(ENCODINGS)
