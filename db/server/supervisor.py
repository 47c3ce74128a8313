"""Keeps one server running for as long as this process wants it."""

import subprocess
import threading
import time
from collections.abc import Callable
from signal import SIGINT, SIGKILL, SIGQUIT
from typing import IO

from db.errors import EmbeddedError
from db.own_files import NotOurs, holder, lock_file, taken
from db.server.children import why
from db.server.cluster import SPACE_TO_START, Cluster
from db.server.creation import create
from db.server.leftovers import servers

POLL = 0.1  # seconds between looks at the server, the lock and the wish to stop
RETRY = 1.0  # seconds between starts of a server that does not come up
SAY_SO = 5.0  # seconds of waiting after which the user is told
HOLDING = 60.0  # seconds for who holds the lock to have a server, which then may recover for long
STOPPING = ((SIGINT, 3.0), (SIGQUIT, 1.0), (SIGKILL, 1.0))  # seconds to wait after each
STOPPED = 5.5  # seconds after which stop() gives up waiting; the server then ends by itself


class Supervisor(threading.Thread):
    """Takes the cluster's lock when it is free, and then runs the server until told to stop.

    A thread that lives until then, because Linux ends the server with the thread that started it.
    """

    def __init__(self, cluster: Cluster, report: Callable[[str], None]) -> None:
        super().__init__(name="embedded PostgreSQL", daemon=True)
        self.cluster = cluster
        self.report = report
        self.ready = threading.Event()
        self.stopping = threading.Event()
        self.error: Exception | None = None
        self.awaited = "PostgreSQL, which is starting or recovering"

    def wait_until_ready(self) -> None:
        """Returns when the server answers; raises EmbeddedError when it can't."""
        started = time.monotonic()
        while not self.ready.wait(SAY_SO):
            waited = time.monotonic() - started
            self.report(f"Waiting for {self.awaited}: {waited:.0f} s")
        if self.error:
            raise EmbeddedError(str(self.error)) from self.error

    def stop(self) -> None:
        """Stop the server if it is ours; returns within STOPPED seconds."""
        self.stopping.set()
        self.join(STOPPED)

    def run(self) -> None:
        try:
            self.cluster.check_path()
            with lock_file(self.cluster.lock) as lock:
                self._wait_for(lock)
                self._serve()
        except (EmbeddedError, NotOurs, OSError) as error:
            self.error = error
        finally:
            self.ready.set()

    def _wait_for(self, lock: IO[bytes]) -> None:
        """Until the lock is ours, another process's server is the one to use.

        Raises EmbeddedError where there is none for too long, or one that has no room to answer.
        """
        seen = time.monotonic()
        while not self.stopping.is_set() and not taken(lock):
            if not self.ready.is_set():
                self.awaited = f"{holder(lock)}, which holds {lock.name}"
                if self.cluster.answers():
                    self.ready.set()
                elif any(servers(self.cluster.data)):
                    self.cluster.check_space(SPACE_TO_START)  # or it waits for room for ever
                    seen = time.monotonic()
                elif time.monotonic() > seen + HOLDING:
                    raise EmbeddedError(f"{self.awaited}, runs no server: end it")
            self.stopping.wait(POLL)
        self.awaited = "PostgreSQL, which is starting or recovering"

    def _serve(self) -> None:
        while not self.stopping.is_set() and self.cluster.home.exists():
            try:
                self._serve_once()
            except (EmbeddedError, OSError) as error:
                if not self.ready.is_set():
                    raise
                self.report(f"PostgreSQL can't be started: {error}; trying again")
                self.stopping.wait(RETRY)

    def _serve_once(self) -> None:
        if not self.cluster.data.exists():
            create(self.cluster)
        server = self.cluster.start()
        try:
            self._watch(server)
        finally:
            end(server)

    def _watch(self, server: subprocess.Popen[bytes]) -> None:
        """Returns when the server has to be started anew or is not wanted any more."""
        answered = False
        while server.poll() is None and not self.stopping.wait(POLL if answered else POLL / 4):
            if not answered and self.cluster.answers():
                answered = True
                self.ready.set()
            self.cluster.bound_log()
        if not answered and not self.stopping.is_set():
            raise EmbeddedError(f"PostgreSQL did not start: {self.cluster.complaint()}")
        if not self.stopping.is_set():
            self.report(f"PostgreSQL ended ({why(server.returncode)}); it is started again")


def end(server: subprocess.Popen[bytes]) -> None:
    """Stop the server: cleanly, or at once if that takes too long (it then recovers next time)."""
    for signal, seconds in STOPPING:
        if server.poll() is not None:
            return
        server.send_signal(signal)
        try:
            server.wait(seconds)
        except subprocess.TimeoutExpired:
            continue
