"""Seconds and memory of processes, with all that they start."""

import subprocess
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import NamedTuple

import psutil

POLL = 0.2  # seconds


class Spent(NamedTuple):
    """What a process and all that it started took."""

    seconds: float
    memory: int
    """Resident, bytes, at most."""


def spent(start: Callable[[], subprocess.Popen]) -> Spent:
    """Until the process ends. Raises: RuntimeError where it fails."""
    begun = time.perf_counter()
    with start() as process, MostMemory([process.pid]) as watched:
        said, _ = process.communicate()
    if process.returncode:
        raise RuntimeError(f"{process.args!r} failed:\n{said}")
    return Spent(time.perf_counter() - begun, watched.peak)


class MostMemory:
    """The most resident memory that processes had together, bytes, seen every POLL seconds."""

    def __init__(self, processes: Iterable[int]) -> None:
        self.roots = [psutil.Process(number) for number in processes]
        self.peak = 0
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> "MostMemory":
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.over.wait(POLL):
            self.peak = max(self.peak, sum(map(_resident, self.roots)))


def _resident(root: psutil.Process) -> int:
    total = 0
    with suppress(psutil.NoSuchProcess):
        for process in (root, *root.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    return total
