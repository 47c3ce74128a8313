"""The product as people run it: `python app.py` in a home of its own."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
START_SECONDS = 300  # against a test that hangs
STOP_SECONDS = 30


@dataclass(frozen=True)
class Served:
    """A running Reelscope: its address, without a last slash, its process, its home and its log."""

    url: str
    process: subprocess.Popen[bytes]
    home: Path
    log: Path

    def wait_until_up(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        while status(f"{self.url}/readyz") != 200:
            assert self.process.poll() is None, f"app.py ended:\n{self.log.read_text()}"
            assert time.monotonic() < deadline, f"app.py takes too long:\n{self.log.read_text()}"
            time.sleep(0.1)


@contextmanager
def served(directory: Path) -> Iterator[Served]:
    """Reelscope with the sample loaded and models in training, its files below `directory`."""
    port, home, log = _free_port(), directory / "home", directory / "log"
    environment = {
        key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "PORT")
    }
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "app.py", "--port", str(port)],
            cwd=ROOT,
            env=environment | {"REELSCOPE_HOME": str(home)},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            running = Served(f"http://127.0.0.1:{port}", process, home, log)
            running.wait_until_up()
            yield running
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def status(url: str) -> int:
    """The status that `url` is answered with; 0 where nothing answers."""
    try:
        return urllib.request.urlopen(url, timeout=5).status
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _free_port() -> int:
    with socket.socket() as new:
        new.bind(("127.0.0.1", 0))
        return new.getsockname()[1]
