"""/metrics of the app: who may read it, and that it says what was answered."""

import os
import re
import time
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

import app
from benchmarks.page_times.callback_times import chart_post
from dashboard import guard
from db.store.engine import dataset, reading
from recommender.serving import artifacts

TOKEN = "0123456789abcdef"
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def client(database):
    guard.warm(app.app)
    return app.server.test_client()


def read(client) -> dict[tuple[str, ...], float]:
    """{(name, label values in the order of their names): value}."""
    answer = client.get("/metrics")
    assert answer.status_code == 200 and answer.content_type.startswith("text/plain; version=")
    return {
        (sample.name, *(sample.labels[key] for key in sorted(sample.labels))): sample.value
        for family in text_string_to_metric_families(answer.text)
        for sample in family.samples
    }


def test_requests_are_counted_by_route_and_status(client):
    before = read(client)
    for path in ("/healthz", "/healthz", "/export/nothing.csv", "/films/318", "/metrics/none"):
        client.get(path)
    client.post("/_dash-update-component", json={})
    client.post("/_dash-update-component", json=chart_post(app.app.callback_map, "top-movies", ""))
    now = read(client)
    new = {
        key[1:]: int(value - before.get(key, 0))
        for key, value in now.items()
        if key[0] == "reelscope_requests_total" and value != before.get(key, 0)
    }
    within = {route for route, _ in new if route.startswith(("callback ", "/_dash-"))}
    assert within >= {"callback graph.figure", "/_dash-layout"}  # what pages ask within, too
    assert new["/_dash-update-component", "400"] == 1
    assert {key: n for key, n in new.items() if key[0] not in within} == {
        ("/healthz", "200"): 2,
        ("/export/<name>", "404"): 1,
        ("/<path:path>", "200"): 1,
        ("/<path:path>", "404"): 1,
        ("/metrics", "200"): 1,
    }
    answered = now["reelscope_request_seconds_count", "/healthz"]
    assert answered == now["reelscope_requests_total", "/healthz", "200"]
    slow, slower = (now["reelscope_request_seconds", q, "/healthz"] for q in ("0.5", "0.99"))
    assert 0 < slow <= slower <= now["reelscope_request_seconds_sum", "/healthz"]


def test_what_is_kept_and_answered_from_it(client):
    post = chart_post(app.app.callback_map, "top-movies", "released=1991-")
    client.post("/_dash-update-component", json=post)
    before = read(client)
    client.post("/_dash-update-component", json=post)
    now = read(client)
    name = "reelscope_answers_from_kept_total"
    assert now[(name,)] == before[(name,)] + 1
    assert now["reelscope_answers_kept",] >= 1 and now["reelscope_answers_kept_bytes",] > 1000
    assert now["reelscope_requests_under_way",] == 1
    assert 0 <= now["reelscope_database_connections_used",] <= 20


def test_the_dataset_and_its_models(client):
    now = read(client)
    with reading() as connection:
        current = dataset(connection)
    assert now["reelscope_ready",] == 1
    assert now["reelscope_dataset_info", current.fingerprint, current.name] == 1
    assert now["reelscope_dataset_ratings",] == current.ratings
    at = now["reelscope_dataset_loaded_timestamp_seconds",]
    assert abs(at - current.loaded_at.timestamp()) < 0.001
    models = {key[1] for key in now if key[0] == "reelscope_model_age_seconds"}
    assert models == set(artifacts.available(current.fingerprint))


def test_a_model_has_an_age(client, tmp_path, monkeypatch):
    monkeypatch.setattr(artifacts, "models_directory", lambda fingerprint: tmp_path)
    manifest = tmp_path / "nmf" / artifacts.arrays.MANIFEST
    manifest.parent.mkdir()
    manifest.touch()
    os.utime(manifest, (time.time() - 3600, time.time() - 3600))
    assert 3600 <= read(client)["reelscope_model_age_seconds", "nmf"] < 7200


def test_without_a_database_it_says_so(client, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    now = read(client)
    assert now["reelscope_ready",] == 0
    assert not any(key[0].startswith("reelscope_dataset_r") for key in now)


@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        ("", "", 404),
        ("", "Bearer ", 404),
        (TOKEN, "", 404),
        (TOKEN, f"Bearer {TOKEN}x", 404),
        (TOKEN, TOKEN, 404),
        (TOKEN, "Bearer ü", 404),
        (TOKEN, f"Bearer {TOKEN}", 200),
    ],
)
def test_elsewhere_it_takes_the_token(client, monkeypatch, token, sent, status):
    monkeypatch.setenv("REELSCOPE_METRICS_TOKEN", token)
    headers = {"Authorization": sent} if sent else {}
    answer = client.get("/metrics", headers=headers, environ_overrides=ELSEWHERE)
    assert answer.status_code == status


@pytest.mark.parametrize(
    "headers", [{"Host": "films.example"}, {"X-Forwarded-For": "192.0.2.7"}, {"Via": "1.1 proxy"}]
)
def test_through_a_proxy_it_is_not_this_machine(client, headers):
    assert client.get("/metrics", headers=headers).status_code == 404


def test_the_docs_name_each_metric_and_no_other(client):
    docs = (Path(__file__).parents[3] / "docs" / "operate.md").read_text()
    there = {key[0] for key in read(client)} | {"reelscope_model_age_seconds"}
    families = {name.removesuffix("_sum").removesuffix("_count") for name in there}
    assert set(re.findall(r"`(reelscope_\w+)", docs)) == families
