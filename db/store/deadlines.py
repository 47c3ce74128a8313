"""Limits on how long a server may leave us waiting.

PostgreSQL's own limits (statement_timeout) are kept by a server that runs. One that is stopped or
cut off says nothing for ever, and libpq waits; so one thread of each process looks at the clock and
hangs up for those who have waited too long. What waits then fails as by a lost connection.
"""

import contextlib
import os
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import Condition, Lock, Thread

from psycopg2.extensions import connection as DriverConnection  # noqa: N812
from sqlalchemy.exc import OperationalError

from db.errors import DatabaseUnavailable

TICK = 0.25  # seconds between looks at the clock, while anybody waits


class Clock(Thread):
    """Hangs up where a deadline has passed."""

    def __init__(self) -> None:
        super().__init__(name="database deadlines", daemon=True)
        self.due: dict[socket.socket, float] = {}
        self.begun = Condition()

    def run(self) -> None:
        while True:
            with self.begun:
                self.begun.wait(TICK if self.due else None)
                now = time.monotonic()
                for line, deadline in self.due.items():
                    if deadline < now:
                        with contextlib.suppress(OSError):  # it has gone by itself
                            line.shutdown(socket.SHUT_RDWR)


@cache
def _clock(pid: int) -> Clock:
    """One per process: threads do not survive a fork."""
    clock = Clock()
    clock.start()
    return clock


@contextmanager
def limited(connection: DriverConnection, seconds: float | None) -> Iterator[None]:
    """Hang up where the block takes longer than that; None: never."""
    if seconds is None:
        yield
        return
    clock = _clock(os.getpid())
    # A descriptor of our own: the connection's may be closed, and its number another's by then
    line = socket.socket(fileno=os.dup(connection.fileno()))
    with clock.begun:
        clock.due[line] = time.monotonic() + seconds
        if len(clock.due) == 1:
            clock.begun.notify()
    try:
        yield
    finally:
        with clock.begun:
            del clock.due[line]
        line.close()


class Patience:
    """While a server leaves us waiting, one at a time finds out whether it still does.

    The others are told at once, so that their threads are free for what needs no database.
    """

    def __init__(self, seconds: float) -> None:
        """seconds: after which to fail counts as being left waiting."""
        self.seconds = seconds
        self.silent = False
        self.trying = Lock()

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Around a first question. Raises DatabaseUnavailable where another asks already."""
        alone = self.silent
        if alone and not self.trying.acquire(blocking=False):
            raise DatabaseUnavailable
        begun = time.monotonic()
        try:
            yield
            self.silent = False
        except OperationalError:  # of others it has told us itself
            self.silent = time.monotonic() - begun > self.seconds
            raise
        finally:
            if alone:
                self.trying.release()
