"""Which dataset is current is read once a request, whatever the request asks for."""

from threading import get_ident

import pytest
from dash._callback import GLOBAL_CALLBACK_MAP

import app
from dashboard import guard
from dashboard.state import cache
from db.store import engine

pytestmark = pytest.mark.usefixtures("mapped")

VIEW = {"query": "movie=296", "by": "url"}
PROFILE = {
    "version": 1,
    "fingerprint": None,
    "movies": [{"movie_id": 296, "title": "Pulp Fiction", "stars": 5.0}],
}
ADDRESS = {"path": "/films/296", "search": ""}
# By id and property; other inputs are None, and clicks are one.
VALUES = {
    ("view", "data"): VIEW,
    ("url", "data"): ADDRESS,
    ("theme", "data"): "light",
    ("profile", "data"): PROFILE,
    ("map-profile", "data"): PROFILE,
    ("strategy", "value"): "quick",
    ("model", "value"): "nmf",
    ("preference", "value"): "any",
    ("compare", "value"): True,
    ("add-search", "value"): "matrix",
}
# Dash moves them from its own map to the app's in the first request, which another test may send.
CALLBACKS = GLOBAL_CALLBACK_MAP | app.app.callback_map
MADE_IN_THE_SERVER = sorted(output for output in CALLBACKS if "callback" in CALLBACKS[output])


@pytest.fixture
def pointer_reads(monkeypatch) -> list[int]:
    """Grows by one whenever the pointer row is read to answer, which the test's own thread does."""
    reads: list[int] = []
    enter, here = engine.enter_current, get_ident()

    def counted(*given):
        if get_ident() == here:
            reads.append(1)
        return enter(*given)

    monkeypatch.setattr(engine, "enter_current", counted)
    return reads


@pytest.fixture
def client():
    guard.warm(app.app)
    return app.server.test_client()


def test_there_are_callbacks_to_test():
    assert len(MADE_IN_THE_SERVER) > 20


@pytest.mark.parametrize("output", MADE_IN_THE_SERVER)
def test_a_callback_reads_the_pointer_once_at_most(client, well_formed, pointer_reads, output):
    cache.clear()
    post = well_formed(app.app.callback_map, output)
    for item in _items(post):
        item["value"] = _value(item)
    answer = client.post("/_dash-update-component", json=post)
    assert answer.status_code in (200, 204), answer.get_data(as_text=True)
    assert len(pointer_reads) <= 1


@pytest.mark.parametrize("path", ["/", "/films/296", "/readyz", "/export/top-movies.csv"])
def test_so_does_a_page_and_an_export(client, pointer_reads, path):
    assert client.get(path).status_code == 200
    assert len(pointer_reads) <= 1


def test_comparing_all_models_is_a_question_to_the_database(client, well_formed, pointer_reads):
    """The count is no count of nothing: Compare used to read the pointer 16 times."""
    post = well_formed(app.app.callback_map, "results.children")
    for item in _items(post):
        item["value"] = _value(item)
    answer = client.post("/_dash-update-component", json=post)
    assert "agree" in answer.get_data(as_text=True) or "NMF" in answer.get_data(as_text=True)
    assert len(pointer_reads) == 1


def _items(post: dict) -> list[dict]:
    slots = [*post["inputs"], *post.get("state", [])]
    return [item for slot in slots for item in (slot if isinstance(slot, list) else [slot])]


def _value(item: dict) -> object:
    if isinstance(item["id"], dict):
        if item["property"] == "id":
            return {"type": item["id"]["type"], "chart": "top-movies"}
        return VIEW if item["id"].get("type") == "table-wanted" else None
    return VALUES.get((item["id"], item["property"]), 1 if item["property"] == "n_clicks" else None)
