"""The servers whose pages are measured, each a process of its own on a free port."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

STARTS = 120.0  # seconds that one may take


@contextmanager
def reelscope() -> Iterator[str]:
    """The base of `python app.py`."""
    with _served(["app.py", "--port"], "/readyz") as base:
        yield base


@contextmanager
def minimal() -> Iterator[str]:
    """The base of the page with one chart."""
    with _served(["-m", "benchmarks.page_times.minimal_page"], "/") as base:
        yield base


@contextmanager
def _served(command: list[str], ready: str) -> Iterator[str]:
    """A server that takes its port as the last argument, once it answers at `ready`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([sys.executable, *command, str(port)], stdout=subprocess.DEVNULL)
    try:
        base = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + STARTS
        while not _answers(base + ready):
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{' '.join(command)} did not start")
            time.sleep(0.2)
        yield base
    finally:
        process.terminate()
        process.wait(20)


def _answers(url: str) -> bool:
    try:
        return urllib.request.urlopen(url, timeout=2).status == 200
    except OSError:
        return False
