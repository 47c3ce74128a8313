"""Callbacks asked in one request are answered as each would be alone."""

import gzip
import json

import brotli
import pytest

import app
from dashboard import guard
from dashboard.guard import kept_answers
from dashboard.guard.answers_together import MOST
from tests.dashboard.guard.test_kept_answers import ask, asked, connections

assert connections, "a fixture"

pytestmark = pytest.mark.usefixtures("database")
URL = "/_answers"
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}


@pytest.fixture
def client():
    guard.warm(app.app)
    kept_answers.clear()
    return app.server.test_client()


@pytest.fixture
def posts(well_formed):
    return [asked(well_formed), asked(well_formed, chart="ratings-by-genre", theme="dark")]


def together(client, posts, encoding="br"):
    body = {"posts": [post if isinstance(post, str) else json.dumps(post) for post in posts]}
    return client.post(URL, json=body, headers={"Accept-Encoding": encoding})


def lines(answer) -> list:
    text = UNPACK[answer.headers.get("Content-Encoding")](answer.data)
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_each_is_answered_as_alone_in_every_encoding(client, posts, encoding):
    alone = [json.loads(ask(client, post, "identity").data) for post in posts]
    assert lines(together(client, posts, encoding)) == [[200, "", each] for each in alone]


def test_the_same_again_is_the_same_bytes_and_asks_nothing(client, posts, connections):
    first = together(client, posts)
    assert first.data and len(connections) == len(posts)
    again = together(client, posts)
    assert again.data == first.data and len(connections) == len(posts)
    kept = ("Content-Type", "Content-Encoding", "Vary", "Cache-Control", "Content-Security-Policy")
    assert [again.headers.get(each) for each in kept] == [first.headers.get(each) for each in kept]


def test_answers_that_were_kept_one_by_one_are_kept_together(client, posts, connections):
    for post in posts:
        ask(client, post, "identity")
    for _ in range(2):
        assert together(client, posts).data
    assert len(kept_answers._answers) == len(posts) + 1 and len(connections) == len(posts)


def test_one_that_depends_on_more_than_the_dataset_keeps_none(client, posts, well_formed):
    view = well_formed(app.app.callback_map, next(iter(_of_view())))
    assert [each[0] for each in lines(together(client, [*posts, view]))] == [200, 200, 204]
    assert len(kept_answers._answers) == len(posts)


def _of_view():
    return (each for each in app.app.callback_map if each.startswith("..view.data"))


def view_post(well_formed, search: str) -> dict:
    """What a page posts for the view of its address."""
    post = well_formed(app.app.callback_map, next(iter(_of_view())))
    for item in (*post["inputs"], *post["state"]):
        item["value"] = {"path": "/", "search": search} if item["id"] == "url" else None
    return post | {"changedPropIds": ["url.data"]}


def ahead(client, view: dict, *following: dict | str) -> list:
    texts = [post if isinstance(post, str) else json.dumps(post) for post in following]
    body = {"posts": [json.dumps(view)], "following": texts}
    return lines(client.post(URL, json=body, headers={"Accept-Encoding": "br"}))


def test_what_follows_is_asked_under_the_view_that_is_made(client, posts, well_formed):
    made, *answers = ahead(client, view_post(well_formed, "?genres=Drama"), *posts)
    view = made[2]["response"]["view"]["data"]
    assert view["query"] == "genres=Drama"
    for post in posts:
        post["inputs"][0]["value"] = view
    assert answers == lines(together(client, posts))
    assert "/export/top-movies.csv?genres=Drama" in json.dumps(answers[0])


def test_nothing_follows_where_no_view_is_made(client, posts, well_formed):
    view = well_formed(app.app.callback_map, next(iter(_of_view())))
    assert [status for status, _, _ in ahead(client, view, *posts)] == [204]


@pytest.mark.parametrize(
    "hostile", ["", "1", "[]", '{"inputs": 1}', '{"inputs": [1]}', '{"inputs": []}', "[" * 9999]
)
def test_of_what_follows_the_guard_sees_each(client, posts, well_formed, hostile):
    view = view_post(well_formed, "?genres=Drama")
    assert [status for status, _, _ in ahead(client, view, hostile, posts[0])] == [200, 400, 200]


def test_one_that_fails_does_not_fail_the_others(client, posts):
    wrong = json.dumps(posts[1]).replace('"dark"', '"blue"')
    answers = lines(together(client, ["{", posts[0], wrong]))
    assert [status for status, _, _ in answers] == [400, 200, 400]
    assert "blue" in answers[2][2]["error"]
    again = lines(together(client, ["{", posts[0], wrong]))
    assert again == answers, "nor is a failure kept"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"posts": []},
        {"posts": [{}]},
        {"posts": "{}"},
        {"posts": ["{}"] * (MOST + 1)},
        {"posts": [], "following": ["{}"]},
        {"posts": ["{}"], "following": "{}"},
        {"posts": ["{}"], "following": [{}]},
        {"posts": ["{}"], "following": ["{}"] * MOST},
    ],
)
def test_what_no_page_sends_is_refused(client, body):
    assert client.post(URL, json=body).status_code == 400


def test_only_json_is_taken_as_a_form_can_be_posted_from_any_site(client):
    assert client.post(URL, data='{"posts": ["{}"]}').status_code == 415
