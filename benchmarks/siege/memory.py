"""What memory the processes of a server have, looked at while others besiege it."""

from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread
from typing import Self

import psutil

from benchmarks.siege.besieged import Besieged

EVERY = 2.0  # seconds between looks
MB = 1e6


@dataclass
class MemoryWatch:
    """MB, looked at while the block runs.

    workers: what the largest worker has for itself alone (unique), at each look. tree: of all
    processes, the database's included, where what several share counts once (proportional).
    """

    besieged: Besieged
    workers: list[float] = field(default_factory=list)
    tree: list[float] = field(default_factory=list)
    ended: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self.thread = Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def _watch(self) -> None:
        while not self.ended.wait(EVERY):
            self.look()

    def look(self) -> None:
        with suppress(psutil.Error, StopIteration):  # one has ended meanwhile, or is not there yet
            self.workers.append(max(unique(each) for each in self.besieged.workers))
        self.tree.append(sum(map(proportional, self.besieged.family())))


def unique(process: psutil.Process) -> float:
    """MB that are this process's alone."""
    return process.memory_full_info().uss / MB


def proportional(process: psutil.Process) -> float:
    """MB, what is shared by n processes as an n-th; 0 where it has ended. Unique ones on macOS."""
    try:
        found = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return getattr(found, "pss", found.uss) / MB
