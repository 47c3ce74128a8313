"""What is costly is answered by one process for all, as a worker would; who ends harms nobody."""

import json
import os
import socket
from threading import Event, Thread

import pytest
from werkzeug.test import EnvironBuilder

import app
from benchmarks.page_times.callback_times import recommend_post
from dashboard import guard
from dashboard.guard import back_room, costly, kept_answers, under_way
from dashboard.guard.back_room import BackRoom, BackRoomFull
from db.store.engine import known_dataset
from recommender.models import DEFAULT_MODEL
from tests.dashboard.guard.test_costly import EXPORT
from tests.dashboard.guard.test_kept_answers import OF_MODELS, connections

assert connections, "a fixture"


def serving(room: BackRoom, server, ended: Event) -> Thread:
    thread = Thread(target=room.serve, args=(server, lambda: not ended.is_set()), daemon=True)
    thread.start()
    return thread


@pytest.fixture
def room(monkeypatch):
    """A back room that nobody is in."""
    monkeypatch.setattr(back_room, "LOOK_SECONDS", 0.01)
    monkeypatch.setattr(costly, "_room", BackRoom())
    return costly._room


@pytest.fixture
def client(database):
    guard.warm(app.app)
    kept_answers.clear()
    return app.server.test_client()


@pytest.fixture
def asked(room, client, monkeypatch):
    """Paths that were answered there."""
    paths, ended = [], Event()
    # It is a process of its own; in that of who asks it, it would wait for itself
    monkeypatch.setattr(under_way, "SECONDS", 0.0)

    def answer(environ, start_response):
        paths.append(environ["PATH_INFO"])
        return app.server.wsgi_app(environ, start_response)

    thread = serving(room, type("Server", (), {"wsgi_app": staticmethod(answer)}), ended)
    yield paths
    ended.set()
    thread.join()


HEAD = b'![200, [["Content-Length", "9"]], null]\n'
PATHS = (EXPORT, f"{EXPORT}?genres=Comedy", "/export/nothing.csv", f"{EXPORT}?rated=never")


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
@pytest.mark.parametrize("path", PATHS)
def test_an_export_is_the_same_as_without_it(client, asked, monkeypatch, path, encoding):
    headers = {"Accept-Encoding": encoding}
    there = client.get(path, headers=headers)
    assert asked == [path.partition("?")[0]]
    monkeypatch.setattr(costly, "_room", None)
    kept_answers.clear()
    here = client.get(path, headers=headers)
    assert len(asked) == 1
    assert (there.status, there.data) == (here.status, here.data)
    for answer in (there, here):
        del answer.headers["Date"]
    assert sorted(there.headers) == sorted(here.headers)


@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_head_tells_the_length_of_get(client, asked, encoding):
    headers = {"Accept-Encoding": encoding}
    head = client.head(EXPORT, headers=headers)
    assert (head.status_code, head.data, asked) == (200, b"", [EXPORT])
    assert head.content_length == client.get(EXPORT, headers=headers).content_length > 0


def test_so_is_a_comparison_whose_post_is_handed_over_whole(client, asked, monkeypatch):
    post = recommend_post(app.app.callback_map, DEFAULT_MODEL, {1: 4.0}, compare=True)
    there = client.post("/_dash-update-component", json=post)
    assert asked == ["/_dash-update-component"]
    monkeypatch.setattr(costly, "_room", None)
    here = client.post("/_dash-update-component", json=post)
    assert (there.status_code, there.data) == (200, here.data)


@pytest.mark.parametrize("size", [1, 2])
def test_a_large_profile_is_handed_over_unread(client, asked, size):
    large, answers = costly.LARGE // 30, []
    post = recommend_post(app.app.callback_map, "popularity", dict.fromkeys(range(large), 4.0))
    together = {"posts": [json.dumps(post)] * size}
    answers.append(client.post("/_dash-update-component", json=post))
    answers.append(client.post("/_answers", json=together))
    assert asked == ["/_dash-update-component", "/_answers"]
    assert [answer.status_code for answer in answers] == [200, 200]
    lines = [json.loads(line) for line in answers[1].text.splitlines()]
    answers[1].close()
    assert lines == [[200, "", answers[0].json]] * size


def test_charts_and_pages_are_not(client, asked):
    assert client.get("/").status_code == 200
    assert asked == []


def test_the_same_again_is_kept_here(client, asked, connections):
    first = client.get(EXPORT)
    before = len(connections)
    again = client.get(EXPORT)
    assert (again.data, again.headers["ETag"]) == (first.data, first.headers["ETag"])
    assert len(asked) == 1 and len(connections) == before
    known = client.get(EXPORT, headers={"If-None-Match": first.headers["ETag"]})
    assert known.status_code == 304


@pytest.mark.usefixtures("asked")
def test_what_depends_on_models_is_not_kept_by_who_cannot_tell_whether_they_changed(room):
    def asks(path):
        return room.ask(EnvironBuilder(path=path).get_environ(), b"")

    kept, unkept = asks(EXPORT), asks(f"/export/{OF_MODELS}.csv")
    assert (kept.status, unkept.status) == (200, 200)
    assert (kept.dataset, unkept.dataset) == (known_dataset().id, None)


def test_where_nobody_comes_in_time_it_is_told_to_come_again(client, room, monkeypatch):
    monkeypatch.setattr(back_room, "WAITING_SECONDS", 0.01)
    answer = client.get(EXPORT)
    assert (answer.status_code, answer.text) == (429, costly.SENTENCE + "\n")


def test_who_has_given_up_is_passed_over(client, room, monkeypatch):
    monkeypatch.setattr(back_room, "WAITING_SECONDS", 0.01)
    with pytest.raises(BackRoomFull):
        room.ask({"PATH_INFO": "/first"}, b"")
    paths, ended = [], Event()

    def answer(environ, start_response):
        paths.append(environ["PATH_INFO"])
        start_response("200 OK", [])
        return [b"answered"]

    thread = serving(room, type("Server", (), {"wsgi_app": staticmethod(answer)}), ended)
    monkeypatch.setattr(back_room, "WAITING_SECONDS", 20.0)
    assert b"".join(room.ask({"PATH_INFO": "/second"}, b"").data) == b"answered"
    ended.set()
    thread.join()
    assert paths == ["/second"]


@pytest.mark.parametrize(
    "said", [b"", b"!", b"![200, [", HEAD, HEAD + b"\0\0", HEAD + b"\0\0\0\x09short"]
)
def test_where_it_ends_before_it_has_answered_the_page_may_ask_again(client, room, said):
    def take_and_end():
        _, handles, _, _ = socket.recv_fds(room._within, 1, 1)
        with socket.socket(fileno=handles[0]) as asker:
            while asker.recv(4096):
                pass
            asker.sendall(said)

    ending = Thread(target=take_and_end)
    ending.start()
    answer = client.get(EXPORT)
    ending.join()
    assert (answer.status_code, answer.text) == (503, costly.LOST + "\n")
    assert answer.headers["Retry-After"] == str(costly.LOST_SECONDS)


def test_places_are_given_back_whatever_becomes_of_it(client, room, monkeypatch):
    monkeypatch.setattr(back_room, "WAITING_SECONDS", 0.01)
    for number in range(2 * costly.ADMITTED):
        assert client.get(f"{EXPORT}?min={number}").text == costly.SENTENCE + "\n"
    assert costly._admitted._value == costly.ADMITTED


def test_it_is_of_lower_priority_than_who_asks(room):
    found, ended = [], Event()

    def answer(environ, start_response):
        found.append(os.getpriority(os.PRIO_PROCESS, 0))
        start_response("200 OK", [])
        return [b""]

    thread = serving(room, type("Server", (), {"wsgi_app": staticmethod(answer)}), ended)
    room.ask({}, b"")
    ended.set()
    thread.join()
    assert found[0] > os.getpriority(os.PRIO_PROCESS, 0)


def test_a_long_answer_and_a_long_post_come_whole(room):
    ended = Event()

    def answer(environ, start_response):
        start_response("200 OK", [("X-Name", "é")])
        return [environ["wsgi.input"].read(), b"x" * 5_000_000]

    thread = serving(room, type("Server", (), {"wsgi_app": staticmethod(answer)}), ended)
    answered = room.ask({"wsgi.input": "left out"}, b"\n" * 3_000_000)
    data = b"".join(answered.data)
    ended.set()
    thread.join()
    assert data == b"\n" * 3_000_000 + b"x" * 5_000_000
    assert answered.headers == [("X-Name", "é")]
