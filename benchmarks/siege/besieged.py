"""`python app.py` in a home of its own, with the sample: its processes and how they answer."""

import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import psutil

from dashboard.launch.web_server import PROGRAM
from db.server.children import child
from db.store.engine import dataset, reading
from recommender.models import DEFAULT_MODEL
from recommender.serving import artifacts
from recommender.serving.trainer import PROGRAM as TRAINER

START_SECONDS = 300.0
TRAINED_SECONDS = 900.0  # until the default model is there, on a machine that is busy
POLL = 0.05
LAUNCHER = "launcher"
PARTS = {"web server and workers": PROGRAM, "training": TRAINER, "PostgreSQL": "-D"}
"""What each is known by in its command line; what else there is counts to the launcher."""
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@contextmanager
def serving() -> Iterator["Besieged"]:
    """The app as `make run` starts it, on a free port."""
    port = free_port()
    with child("app.py", "--port", str(port)) as process:
        besieged = Besieged(port, psutil.Process(process.pid))
        if not wait_for(besieged.is_ready, START_SECONDS):
            raise RuntimeError("the app did not start")
        yield besieged


@dataclass(frozen=True)
class Besieged:
    """A running app."""

    port: int
    launcher: psutil.Process

    def get(self, path: str) -> tuple[int, bytes]:
        """Status and body; 0 where nothing answers."""
        try:
            with DIRECT.open(f"http://127.0.0.1:{self.port}{path}", timeout=5) as answer:
                return answer.status, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, b""
        except OSError:
            return 0, b""

    def is_ready(self) -> bool:
        return self.get("/readyz")[0] == 200

    def is_trained(self) -> bool:
        """Whether the default model answers."""
        with reading() as connection:
            return DEFAULT_MODEL in artifacts.available(dataset(connection).fingerprint)

    def parts(self) -> dict[str, list[psutil.Process]]:
        """All its processes, by what they do."""
        found = {LAUNCHER: [self.launcher], **{name: [] for name in PARTS}}
        for one in self.launcher.children():
            command = _command(one)
            name = next((name for name, sign in PARTS.items() if sign in command), LAUNCHER)
            with suppress(psutil.Error):  # it has ended meanwhile
                found[name] += [one, *one.children(recursive=True)]
        return found

    @property
    def web_server(self) -> psutil.Process:
        """The process that keeps the workers."""
        return next(one for one in self.launcher.children() if PROGRAM in _command(one))

    @property
    def workers(self) -> list[psutil.Process]:
        """Those that answer: where there is one alone, the web server is it."""
        return self.web_server.children() or [self.web_server]

    @property
    def postgres(self) -> psutil.Process:
        return next(one for one in self.launcher.children() if "-D" in _command(one))


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it has ended meanwhile
        return []


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    """Whether it comes to hold in time; asked until it does."""
    deadline = time.monotonic() + seconds
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(POLL)
    return met
