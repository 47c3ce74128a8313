"""Exports and comparisons beyond a few are told to come again; charts are not."""

from threading import BoundedSemaphore

import pytest

import app
from dashboard import guard
from dashboard.guard import costly

EXPORT = "/export/rating-distribution.csv"


@pytest.fixture
def client(database):
    guard.warm(app.app)
    return app.server.test_client()


@pytest.fixture
def full(monkeypatch):
    """As many as may wait are waiting."""
    admitted = BoundedSemaphore(1)
    admitted.acquire()
    monkeypatch.setattr(costly, "_admitted", admitted)


@pytest.mark.usefixtures("full")
def test_one_more_is_told_when_to_come_again(client):
    answer = client.get(EXPORT)
    assert (answer.status_code, answer.text) == (429, costly.SENTENCE + "\n")
    assert answer.headers["Retry-After"] == str(costly.AGAIN_SECONDS)


@pytest.mark.usefixtures("full")
def test_so_is_a_comparison_but_no_other_recommendation(client, well_formed):
    post = well_formed(app.app.callback_map, "results.children")
    compare = next(each for each in post["inputs"] if each["id"] == "compare")
    statuses = []
    for compare["value"] in (True, False):
        statuses.append(client.post("/_dash-update-component", json=post).status_code)
    assert statuses[0] == 429 != statuses[1]


@pytest.mark.usefixtures("full")
def test_a_page_is_answered_beside_them(client):
    assert client.get("/").status_code == 200


def test_every_place_is_given_back_whatever_comes_of_it(client):
    for path in 2 * costly.ADMITTED * (EXPORT, "/export/nothing.csv"):
        assert client.get(path).status_code in (200, 404)


def test_who_waits_too_long_leaves_the_queue(client, monkeypatch):
    running = BoundedSemaphore(1)
    monkeypatch.setattr(costly, "_running", running)
    monkeypatch.setattr(costly, "WAITING_SECONDS", 0.01)
    running.acquire()
    statuses = {client.get(EXPORT).status_code for _ in range(2 * costly.ADMITTED)}
    assert statuses == {429}
    running.release()
    assert client.get(EXPORT).status_code == 200
