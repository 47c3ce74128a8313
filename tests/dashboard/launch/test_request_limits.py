"""Clients that are slow or silent, by the hundred, beside one that asks as people do."""

import contextlib
import resource
import socket
from collections.abc import Iterator
from http.client import HTTPConnection
from threading import Thread

import pytest

from dashboard.guard.costly import REST
from dashboard.launch import request_limits

MANY = request_limits.THREADS * 8
ASKING = b"POST /asked HTTP/1.1\r\nHost: here\r\nContent-Length: 1000\r\n\r\n"


def application(environ, start_response):
    body = environ["wsgi.input"].read()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]


@pytest.fixture
def served() -> Iterator[int]:
    """The port of a server that may have many clients."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    with serving(application) as port:
        yield port
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextlib.contextmanager
def serving(answering) -> Iterator[int]:
    ended: list[int] = []
    with socket.create_server(("127.0.0.1", 0), backlog=1024) as listener:
        given = (answering, listener, lambda: not ended, 0.0)
        thread = Thread(target=request_limits.serve, args=given)
        thread.start()
        yield listener.getsockname()[1]
        ended.append(1)
        thread.join()


@pytest.fixture
def quick(monkeypatch) -> None:
    """Patience of a tenth of a second."""
    for name in ("HEADER_SECONDS", "BODY_SECONDS", "IDLE_SECONDS"):
        monkeypatch.setattr(request_limits, name, 0.1)


@contextlib.contextmanager
def connected(port: int, sent: bytes, number: int = 1) -> Iterator[list[socket.socket]]:
    with contextlib.ExitStack() as stack:
        clients = [socket.create_connection(("127.0.0.1", port), 30) for _ in range(number)]
        for client in clients:
            stack.enter_context(client)
            client.sendall(sent)
        yield clients


def received(client: socket.socket) -> Iterator[bytes]:
    """What comes until the server closes, which leaves unread what is too much."""
    with contextlib.suppress(ConnectionResetError):
        while part := client.recv(4096):
            yield part


def asked(port: int) -> int:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/")
    return connection.getresponse().status


@pytest.mark.parametrize("sent", [b"", b"GET / HTTP/1.1\r\nHost: he", ASKING + b"half"])
def test_slow_clients_hold_no_thread(served, sent):
    with connected(served, sent, MANY):
        assert [asked(served) for _ in range(3)] == [200] * 3


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\nHost: he", ASKING + b"half"])
def test_who_begins_and_takes_too_long_is_told_so(served, quick, sent):
    with connected(served, sent) as [client]:
        assert client.makefile("rb").read().startswith(b"HTTP/1.1 408 Request Timeout\r\n")


def test_a_byte_now_and_then_does_not_help(served, quick):
    with connected(served, b"GET / HTTP/1.1\r\n") as [client], contextlib.suppress(OSError):
        client.settimeout(0.05)
        for _ in range(400):
            client.sendall(b"a")
            with contextlib.suppress(TimeoutError):
                assert client.recv(100).startswith(b"HTTP/1.1 408")
                return
        pytest.fail("the connection stays open")


def test_silence_is_closed(served, quick):
    with connected(served, b"") as [client]:
        assert client.recv(1) == b""


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\nCookie: " + b"a" * 20_000 + b"\r\n\r\n", b"431"),
        (ASKING.replace(b"1000", b"999999999"), b"413"),
        (b"nonsense\r\n\r\n", b"400"),
    ],
)
def test_refusals_carry_our_headers(served, sent, status):
    with connected(served, sent) as [client]:
        head = b"".join(received(client))
    assert head.split(b" ")[1] == status
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert b"X-Content-Type-Options: nosniff" in head
    assert b"Server:" not in head


def test_so_does_being_too_late(served, quick):
    with connected(served, b"GET / HTTP/1.1\r\nHost: he") as [client]:
        head = b"".join(received(client))
    assert head.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"Content-Security-Policy: default-src 'none'" in head
    assert b"X-Content-Type-Options: nosniff" in head


def test_a_whole_body_arrives(served):
    with connected(served, ASKING + b"x" * 1000) as [client]:
        assert client.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"


def test_what_is_under_way_at_the_end_is_finished():
    ended: list[int] = []
    started: list[int] = []

    def slowly(environ, start_response):
        started.append(1)
        while not ended:
            pass
        return application(environ, start_response)

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = Thread(
            target=request_limits.serve, args=(slowly, listener, lambda: not started, 30)
        )
        thread.start()
        with connected(listener.getsockname()[1], b"GET / HTTP/1.1\r\n\r\n") as [client]:
            while not started:
                pass
            Thread(target=ended.append, args=(1,)).start()
            assert client.makefile("rb").readline() == b"HTTP/1.1 200 OK\r\n"
        thread.join()


def who(environ, start_response):
    """Says whom the server takes for the client, the scheme, and whether a proxy named itself."""
    start_response("200 OK", [])
    said = environ.get("HTTP_X_FORWARDED_FOR", "nobody")
    return [f"{environ['REMOTE_ADDR']} {environ['wsgi.url_scheme']} {said}".encode()]


FORGED = {"X-Forwarded-For": "203.0.113.9, 192.0.2.7", "X-Forwarded-Proto": "https"}


@pytest.mark.parametrize(
    ("proxy", "said"),
    [
        ("", "127.0.0.1 http 203.0.113.9, 192.0.2.7"),
        ("192.0.2.1", "127.0.0.1 http 203.0.113.9, 192.0.2.7"),
        ("127.0.0.1", "192.0.2.7 https 192.0.2.7"),
    ],
)
def test_the_client_is_whom_the_trusted_proxy_names_and_nobody_else(monkeypatch, proxy, said):
    monkeypatch.setenv("REELSCOPE_TRUSTED_PROXY", proxy)
    with serving(who) as port:
        connection = HTTPConnection("127.0.0.1", port, timeout=30)
        connection.request("GET", "/", headers=FORGED)
        assert connection.getresponse().read().decode() == said
        connection.request("GET", "/")
        assert connection.getresponse().read().decode() == "127.0.0.1 http nobody"
        connection.close()


@pytest.mark.parametrize(
    ("proxy", "heard"), [("", ["/first"]), ("127.0.0.1", ["/first", "/again"])]
)
def test_a_connection_rests_where_the_app_says_so_and_others_do_not(monkeypatch, proxy, heard):
    """But not that of a proxy, whose next request may be of somebody else."""
    monkeypatch.setenv("REELSCOPE_TRUSTED_PROXY", proxy)
    asked_for = []

    def resting(environ, start_response):
        asked_for.append(environ["PATH_INFO"])
        if environ["PATH_INFO"] == "/first":
            environ[REST] = 3600.0
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    with serving(resting) as port:
        resting_one = HTTPConnection("127.0.0.1", port, timeout=30)
        resting_one.request("GET", "/first")
        assert resting_one.getresponse().read() == b""
        resting_one.request("GET", "/again")
        assert [asked(port) for _ in range(20)] == [200] * 20
        if proxy:
            assert resting_one.getresponse().status == 200
        resting_one.close()
    assert [path for path in asked_for if path != "/"] == heard


def test_a_connection_that_has_rested_is_heard_though_nobody_else_asks(monkeypatch):
    monkeypatch.setattr(request_limits, "LOOK_SECONDS", 3600.0)

    def resting(environ, start_response):
        environ[REST] = 0.05
        start_response("200 OK", [("Content-Length", "0")])
        return [b""]

    with serving(resting) as port:
        one = HTTPConnection("127.0.0.1", port, timeout=30)
        for number in range(3):
            one.request("GET", f"/{number}")
            assert one.getresponse().read() == b""
        monkeypatch.undo()
        one.close()  # which wakes it to see that it has ended
