"""Answers of the back room that have no length: each piece is handed on as it comes."""

import socket
from contextlib import contextmanager
from threading import Event, Thread

import pytest

from dashboard.charting import export
from dashboard.guard import costly
from dashboard.guard.back_room import BackRoomLost
from dashboard.launch.request_limits import serve
from tests.dashboard.guard.test_back_room import asked, client, room, serving
from tests.dashboard.guard.test_costly import EXPORT

assert asked and client and room, "fixtures"


def streamed(parts):
    """A WSGI app whose answer has no length."""

    def answer(environ, start_response):
        start_response("200 OK", [])
        return parts()

    return type("Server", (), {"wsgi_app": staticmethod(answer)})


def test_a_stream_is_handed_on_as_it_comes(room):
    ended, go_on = Event(), Event()

    def parts():
        yield b"first"
        yield b""
        assert go_on.wait(30)
        yield b"second"

    thread = serving(room, streamed(parts), ended)
    pieces = room.ask({}, b"").data
    assert next(pieces) == b"first"
    go_on.set()
    assert list(pieces) == [b"second"]
    pieces.close()
    ended.set()
    thread.join()


def test_a_stream_that_is_cut_off_does_not_end_as_if_it_were_whole(room):
    def take_and_end():
        _, handles, _, _ = socket.recv_fds(room._within, 1, 1)
        with socket.socket(fileno=handles[0]) as asker:
            while asker.recv(4096):
                pass
            asker.sendall(b"![200, [], null]\n\0\0\0\x05first\0\0\0\x05se")

    ending = Thread(target=take_and_end)
    ending.start()
    pieces = room.ask({}, b"").data
    assert next(pieces) == b"first"
    with pytest.raises(BackRoomLost):
        next(pieces)
    ending.join()
    pieces.close()


def test_a_streams_place_is_given_back_when_it_is_sent(client, asked, monkeypatch):
    monkeypatch.setattr(export, "WHOLE", 0)
    free = costly._admitted._value
    answer = client.get(EXPORT)
    assert (answer.content_length, costly._admitted._value) == (None, free - 1)
    answer.close()
    assert costly._admitted._value == free


@contextmanager
def asking_over_http(room, parts, version):
    """A client that has asked a web server whose answers are those of the room."""
    ended = Event()

    def application(environ, start_response):
        answer = room.ask({}, b"")
        start_response(f"{answer.status} OK", answer.headers)
        return answer.data

    listener = socket.create_server(("127.0.0.1", 0))
    web = Thread(target=serve, args=(application, listener, lambda: not ended.is_set(), 0))
    threads = [serving(room, streamed(parts), ended), web]
    web.start()
    with socket.create_connection(listener.getsockname(), timeout=30) as client:
        client.sendall(f"GET / HTTP/{version}\r\nHost: here\r\n\r\n".encode())
        yield client
    ended.set()
    for thread in threads:
        thread.join()


def received(client) -> bytes:
    """All that comes until the server closes the connection."""
    return b"".join(iter(lambda: client.recv(1 << 20), b""))


def test_it_waits_for_no_slow_client(room):
    """Who takes nothing of a long stream gets it all the same; the room is free meanwhile."""
    sent = Event()
    part, times = b"x" * 1_000_000, 40

    def parts():
        for _ in range(times):
            yield part
        sent.set()

    with asking_over_http(room, parts, "1.0") as client:
        assert sent.wait(30)
        assert received(client).endswith(part * times)


def test_a_client_sees_that_a_stream_was_cut_off(room):
    """Chunks that were whole would end with an empty one."""

    def parts():
        yield b"first"
        raise OSError

    with asking_over_http(room, parts, "1.1") as client:
        assert received(client).endswith(b"\r\n5\r\nfirst\r\n")
