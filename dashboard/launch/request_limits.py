"""Waitress, with limits on how long a client may take.

Waitress reads requests whole before a thread is theirs, so that slow clients hold none. It lets
them take for ever, though, and closes what is silent only.
"""

import socket
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, WSGITask

from dashboard.guard.callback_posts import MOST_BYTES
from dashboard.guard.costly import REST
from dashboard.guard.headers import HEADERS, NOTHING_RUNS
from db.settings import TRUSTED_PROXY

THREADS = 16  # requests that are answered at the same time by one process
HEADER_SECONDS = 10.0  # from the first byte of a request to the end of its headers
BODY_SECONDS = 30.0  # and of all of it
LOOK_SECONDS = 1.0  # between looks for late clients, and whether to go on
IDLE_SECONDS = 20.0  # between requests, or while nothing of an answer is taken

SETTINGS: dict[str, Any] = {
    "threads": THREADS,
    "connection_limit": 4000,
    "backlog": 1024,
    "recv_bytes": 65_536,  # a large post comes in few pieces, each of which others wait for
    "max_request_header_size": 16 << 10,
    "max_request_body_size": 2 * MOST_BYTES,  # the app refuses with its own words before
    "asyncore_use_poll": True,  # select() ends at 1,024 files
    "cleanup_interval": 1,
    # The back room waits for no slow client: what is not sent yet of its stream goes to a file
    "outbuf_high_watermark": 1 << 28,
    "ident": None,
    # What others say is left to be seen: that they come through a proxy (dashboard/guard/at_home)
    "clear_untrusted_proxy_headers": False,
}
TRUSTED_HEADERS = "x-forwarded-for x-forwarded-proto"
"""The client is the last that the trusted proxy names: those before are what it was told."""
OURS = {**HEADERS, "Content-Security-Policy": NOTHING_RUNS, "Cache-Control": "no-store"}
"""With answers of the server itself, as with all others."""


class RefusalTask(ErrorTask):
    """Waitress' own refusals, with the headers of all our answers."""

    def execute(self) -> None:
        self.response_headers.extend(OURS.items())
        super().execute()


class RestingTask(WSGITask):
    """A request after which its connection may have to rest, as the app says."""

    def execute(self) -> None:
        super().execute()
        self.channel.rest(self.get_environment().get(REST, 0.0))


class TimedChannel(HTTPChannel):
    """A connection whose client must get on, and wait where it has asked for too much."""

    task_class = RestingTask
    error_task_class = RefusalTask
    begun = 0.0
    """When the first byte of the request came that is being read."""
    rested = 0.0
    """When it will be read again, by the monotonic clock."""

    def rest(self, seconds: float) -> None:
        """Read nothing for so long. A proxy's connection has other clients' requests, too."""
        if seconds and not TRUSTED_PROXY.value():
            self.rested = time.monotonic() + seconds

    def readable(self) -> bool:
        return super().readable() and time.monotonic() >= self.rested

    def received(self, data: bytes) -> bool:
        if self.request is None:
            self.begun = time.time()
        return super().received(data)

    def end_if_late(self, now: float) -> None:
        """Close the connection where its client takes too long; 408 where it has begun to ask."""
        waiting = self.total_outbufs_len or not self.requests  # for the client, not for an answer
        if waiting and self.request is None:
            if now - self.last_activity > IDLE_SECONDS:
                self.will_close = True
        elif waiting and not self.close_when_flushed:
            limit = BODY_SECONDS if self.request.headers_finished else HEADER_SECONDS
            if now - self.begun > limit:
                self._time_out()

    def _time_out(self) -> None:
        status = HTTPStatus.REQUEST_TIMEOUT
        headers = {"Connection": "close", "Content-Length": "0", **OURS}
        lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        answer = f"HTTP/1.1 {status.value} {status.phrase}\r\n{lines}\r\n".encode()
        with self.outbuf_lock:
            self.outbufs[-1].append(answer)
            self.current_outbuf_count += len(answer)
            self.total_outbufs_len += len(answer)
            self.close_when_flushed = True


class TimedServer(TcpWSGIServer):
    """Waitress' server of one socket, in which late clients are looked for each second."""

    channel_class = TimedChannel

    def maintenance(self, now: float) -> None:
        for channel in list(self.active_channels.values()):
            channel.end_if_late(now)

    def patience(self) -> float:
        """Seconds until it has to look again: a second, or until a connection has rested."""
        now = time.monotonic()
        ends = [channel.rested - now for channel in list(self.active_channels.values())]
        return min([LOOK_SECONDS, *(left for left in ends if left > 0)])

    def busy(self) -> bool:
        """Whether a request is being answered, or its answer sent."""
        channels = list(self.active_channels.values())
        return any(channel.requests or channel.total_outbufs_len for channel in channels)


def serve(
    application: Callable, listener: socket.socket, going_on: Callable[[], bool], grace: float
) -> None:
    """Answer until `going_on()` is false, which is asked each second; then what is under way, for
    `grace` seconds."""
    server = TimedServer(
        application,
        map={},
        _sock=listener,
        bind_socket=False,
        adj=Adjustments(sockets=[listener], **SETTINGS, **_trusted()),
        sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
    )
    while going_on():
        _turn(server, server.patience())
    server.accepting = False
    deadline = time.monotonic() + grace
    while server.busy() and time.monotonic() < deadline:
        _turn(server, 0.05)


def _trusted() -> dict[str, str]:
    """Waitress' settings for the proxy whose word is taken; none where none is named."""
    proxy = TRUSTED_PROXY.value()
    return {"trusted_proxy": proxy, "trusted_proxy_headers": TRUSTED_HEADERS} if proxy else {}


def _turn(server: TimedServer, seconds: float) -> None:
    server.asyncore.loop(timeout=seconds, use_poll=True, map=server._map, count=1)
