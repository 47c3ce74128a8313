"""Exports and comparisons beyond a few are told to come again; charts are not."""

import json
from threading import BoundedSemaphore

import pytest
from werkzeug.test import EnvironBuilder

import app
from dashboard import guard
from dashboard.guard import costly, kept_answers
from tests.dashboard.guard.test_kept_answers import asked

EXPORT = "/export/rating-distribution.csv"


@pytest.fixture(autouse=True)
def new(monkeypatch):
    """Nobody has asked for anything yet, and nothing is kept."""
    monkeypatch.setattr(costly, "_budgets", costly.Budgets(costly.MOST, costly.EVERY))
    kept_answers.clear()


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


def rest_after(path) -> float | None:
    """What the server is told in the request's environment."""
    environ = EnvironBuilder(path=path).get_environ()
    app.server.wsgi_app(environ, lambda *_: None).close()
    return environ.get(costly.REST)


@pytest.mark.usefixtures("client")
@pytest.mark.parametrize(("path", "rest"), [(f"{EXPORT}?min=5", costly.EXPORT_REST), ("/", None)])
def test_a_connection_rests_after_an_export_though_it_is_kept(path, rest):
    assert [rest_after(path) for _ in range(2)] == [rest] * 2


@pytest.mark.usefixtures("client", "full")
def test_and_longer_after_a_refusal():
    assert rest_after(EXPORT) == costly.REFUSED_REST


@pytest.mark.usefixtures("full")
def test_so_is_a_comparison_but_no_other_recommendation(client, well_formed):
    post = well_formed(app.app.callback_map, "results.children")
    compare = next(each for each in post["inputs"] if each["id"] == "compare")
    statuses = []
    for compare["value"] in (True, False):
        statuses.append(client.post("/_dash-update-component", json=post).status_code)
    assert statuses[0] == 429 != statuses[1]


UPDATE = "/_dash-update-component"


@pytest.mark.usefixtures("full")
def test_so_are_exact_figures(client, well_formed):
    posts = [asked(well_formed, query=query) for query in ("exact=1&min=3", "min=3")]
    assert [client.post(UPDATE, json=post).status_code for post in posts] == [429, 200]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("path", [UPDATE, "/_answers"])
@pytest.mark.parametrize(("size", "status"), [(costly.LARGE + 1, 429), (costly.LARGE, 400)])
def test_so_is_a_large_post_before_it_is_read(client, path, size, status):
    text = b"{" * size
    answer = client.post(path, data=text, content_type="application/json")
    assert answer.status_code == status


def test_a_large_post_is_answered_as_any(client, well_formed):
    post = asked(well_formed, query="min=7")
    small = client.post(UPDATE, json=post)
    text = json.dumps(post) + " " * costly.LARGE
    large = client.post(UPDATE, data=text, content_type="application/json")
    assert (large.status_code, large.json) == (200, small.json)


@pytest.mark.usefixtures("full")
def test_a_page_is_answered_beside_them(client):
    assert client.get("/").status_code == 200


def test_every_place_is_given_back_whatever_comes_of_it(client):
    for number in range(2 * costly.ADMITTED):
        for path in (f"{EXPORT}?min={number}", "/export/nothing.csv"):
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


def test_a_client_who_asks_for_too_many_is_told_how_long_to_wait_and_others_are_not(
    client, monkeypatch
):
    monkeypatch.setattr(costly, "_budgets", costly.Budgets(2.0, 3600.0))
    paths = [f"{EXPORT}?min={number}" for number in range(3)]

    def ask(path, client_address):
        return client.get(path, environ_base={"REMOTE_ADDR": client_address})

    answers = [ask(path, "192.0.2.1") for path in paths]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].text == costly.BUDGET + "\n"
    assert 3500 < int(answers[2].headers["Retry-After"]) <= 3601
    assert ask(paths[0], "192.0.2.1").status_code == 200  # it is kept, so it costs nothing
    for other in ("192.0.2.7", "127.0.0.1"):
        assert ask(paths[2], other).status_code == 200
        kept_answers.clear()


def test_a_budget_comes_back_with_time_up_to_what_it_was():
    budgets = costly.Budgets(2.0, 3.0)
    assert [budgets.take("a", 0.0) for _ in range(3)] == [0.0, 0.0, 3.0]
    assert budgets.take("a", 1.5) == pytest.approx(1.5)
    assert budgets.take("a", 3.0) == 0.0
    assert [budgets.take("a", 1e6) for _ in range(3)] == [0.0, 0.0, 3.0]
