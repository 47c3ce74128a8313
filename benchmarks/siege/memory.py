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
class Peak:
    """MB at most. worker: what the largest worker has for itself alone (unique). tree: all
    processes, the database's included, where what several share counts once (proportional)."""

    worker: float = 0.0
    tree: float = 0.0


@dataclass
class MemoryWatch:
    """The most memory in each part of the siege, looked at while the block runs."""

    besieged: Besieged
    peaks: dict[str, Peak] = field(default_factory=dict)
    last: Peak = field(default_factory=Peak)
    ended: Event = field(default_factory=Event)

    def __enter__(self) -> Self:
        self.begin("start")
        self.thread = Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.thread.join()

    def begin(self, part: str) -> None:
        """What follows is that part."""
        self.peaks[part] = Peak()
        self.part = part

    def look(self) -> None:
        peak, self.last = self.peaks[self.part], Peak(tree=tree(self.besieged))
        with suppress(psutil.Error, StopIteration):  # one has ended meanwhile, or is not there yet
            self.last.worker = max(map(unique, self.besieged.workers))
        peak.worker = max(peak.worker, self.last.worker)
        peak.tree = max(peak.tree, self.last.tree)

    def _watch(self) -> None:
        while not self.ended.wait(EVERY):
            self.look()


def unique(process: psutil.Process) -> float:
    """MB that are this process's alone."""
    return process.memory_full_info().uss / MB


def tree(besieged: Besieged) -> float:
    """MB of all its processes, what n share as an n-th to each."""
    return sum(map(_proportional, besieged.family()))


def _proportional(process: psutil.Process) -> float:
    """0 where it has ended; unique ones on macOS."""
    try:
        found = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return getattr(found, "pss", found.uss) / MB
