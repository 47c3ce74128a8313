"""The back room: one process that does what is costly for all web workers.

A worker hands a request over and waits, so that its charts share no interpreter with an export; the
process that answers takes one after another, at a lower priority. The way there is made before
the workers are forked. Each request brings a socket of its own for its answer: whoever is killed
leaves nothing behind for others. An answer comes in pieces, each after its length; 0 is the end.
"""

import json
import os
import socket
import struct
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from io import BufferedReader, BytesIO
from typing import Any, NamedTuple

from flask import Flask
from werkzeug.test import run_wsgi_app
from werkzeug.wsgi import ClosingIterator

HANDED = "reelscope.handed"
"""In the environment of a request that another process has admitted: a dict for what its headers
do not say of the answer."""
PRIORITY = 10  # nice: a chart's worker that wakes up goes before, what trains (19) comes after
WAITING_SECONDS = 20.0  # until it is a request's turn
MOST_SECONDS = 120.0  # for its answer then, or for the next piece of it
STUCK_SECONDS = 5.0  # that a worker may take to send or to take a piece
LOOK_SECONDS = 1.0  # between looks whether to go on
PIECE = 1 << 18  # bytes
LENGTH = struct.Struct(">I")
ALWAYS = {"wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True}


class BackRoomFull(Exception):
    """It was not this request's turn in time."""


class BackRoomLost(Exception):
    """The process ended before it had answered."""


class BackAnswer(NamedTuple):
    """dataset: the id of the one that it is of, where it may be kept.

    data: in pieces as they come where it has no length, to be closed when they are sent.
    """

    status: int
    headers: list[tuple[str, str]]
    dataset: int | None
    data: bytes | ClosingIterator


class BackRoom:
    """The way to the process, for those that are forked after it is made."""

    def __init__(self) -> None:
        # Packets: each is taken whole, by whoever is in the room then
        self._door, self._within = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def ask(self, environ: dict[str, Any], body: bytes) -> BackAnswer:
        """The answer to a WSGI request. Raises BackRoomFull or BackRoomLost."""
        ours, theirs = socket.socketpair()
        with ExitStack() as stack, _lost_where_closed():
            stack.enter_context(ours)
            ours.settimeout(WAITING_SECONDS)
            with theirs:
                socket.send_fds(self._door, [b"?"], [theirs.fileno()])
            _send(ours, _plain(environ), body)
            ours.shutdown(socket.SHUT_WR)
            if not ours.recv(1):
                raise BackRoomLost
            ours.settimeout(MOST_SECONDS)
            answer = stack.enter_context(ours.makefile("rb"))
            status, headers, dataset = _head(answer)
            if "content-length" in {name.lower() for name, _ in headers}:
                return BackAnswer(status, headers, dataset, b"".join(_pieces(answer)))
            pieces = ClosingIterator(_pieces(answer), stack.pop_all().close)
            return BackAnswer(status, headers, dataset, pieces)

    def serve(self, server: Flask, going_on: Callable[[], bool]) -> None:
        """Answer one after another with `server`, of low priority, until `going_on()` is false."""
        os.nice(PRIORITY)
        self._within.settimeout(LOOK_SECONDS)
        while going_on():
            with suppress(TimeoutError):
                _, handles, _, _ = socket.recv_fds(self._within, 1, 1)
                for handle in handles:
                    with socket.socket(fileno=handle) as asker, suppress(OSError, BackRoomLost):
                        _answer(server, asker)


def _answer(server: Flask, asker: socket.socket) -> None:
    """Raises OSError or BackRoomLost where who asked has gone meanwhile."""
    asker.settimeout(STUCK_SECONDS)
    environ, body = _received(asker, time.monotonic() + MOST_SECONDS)
    asker.sendall(b"!")
    told: dict[str, int | None] = {}
    environ |= ALWAYS | {HANDED: told, "wsgi.input": BytesIO(body), "wsgi.errors": sys.stderr}
    parts, status, headers = run_wsgi_app(server.wsgi_app, environ)
    said = [int(status.partition(" ")[0]), list(headers), told.get("dataset")]
    asker.sendall(json.dumps(said).encode() + b"\n")
    for part in parts:
        if part:
            asker.sendall(LENGTH.pack(len(part)) + part)
    asker.sendall(LENGTH.pack(0))


def _head(answer: BufferedReader) -> tuple[int, list[tuple[str, str]], int | None]:
    """Status, headers and dataset. Raises BackRoomLost where it is cut off."""
    line = answer.readline()
    if not line.endswith(b"\n"):
        raise BackRoomLost
    status, headers, dataset = json.loads(line)
    return status, [(name, value) for name, value in headers], dataset


def _pieces(answer: BufferedReader) -> Iterator[bytes]:
    """What `_answer` sent. Raises BackRoomLost where it is cut off or does not come in time."""
    with _lost_where_closed():
        while length := LENGTH.unpack(_exactly(answer, LENGTH.size))[0]:
            yield _exactly(answer, length)


def _exactly(answer: BufferedReader, length: int) -> bytes:
    data = answer.read(length)
    if len(data) < length:
        raise BackRoomLost
    return data


def _plain(environ: dict[str, Any]) -> dict[str, str]:
    """What can be sent of it. It is the worker who answers what is conditional or in ranges."""
    left_out = ("HTTP_IF_", "HTTP_RANGE")
    return {
        name: value
        for name, value in environ.items()
        if isinstance(value, str) and not name.startswith(left_out)
    }


def _send(to: socket.socket, head: object, data: bytes) -> None:
    """A line with `head` and the length of what follows, then that."""
    to.sendall(json.dumps([head, len(data)]).encode() + b"\n")
    to.sendall(data)


def _received(sender: socket.socket, deadline: float) -> tuple[Any, bytes]:
    """What `_send` sent. Raises BackRoomLost where it is cut off or does not come in time."""
    parts = []
    with _lost_where_closed():
        while part := sender.recv(PIECE):
            parts.append(part)
            sender.settimeout(max(0.001, deadline - time.monotonic()))
    head, end, data = b"".join(parts).partition(b"\n")
    if not end:
        raise BackRoomLost
    said, length = json.loads(head)
    if len(data) != length:
        raise BackRoomLost
    return said, data


@contextmanager
def _lost_where_closed() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise BackRoomFull from None
    except OSError:
        raise BackRoomLost from None
