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
class Memory:
    """MB. worker: what the largest worker has for itself alone (unique). tree: all processes, the
    database's included, where what several share counts once (proportional); parts: of these."""

    worker: float = 0.0
    tree: float = 0.0
    parts: dict[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, besieged: Besieged) -> Self:
        """As it is now."""
        parts = {name: sum(map(proportional, each)) for name, each in besieged.parts().items()}
        worker = 0.0
        with suppress(psutil.Error, StopIteration):  # one has ended meanwhile, or is not there yet
            worker = max(map(unique, besieged.workers))
        return cls(worker, sum(parts.values()), parts)

    def rise(self, other: "Memory") -> None:
        """To what the other has more."""
        self.worker, self.tree = max(self.worker, other.worker), max(self.tree, other.tree)
        for name, taken in other.parts.items():
            self.parts[name] = max(taken, self.parts.get(name, 0.0))


@dataclass
class MemoryWatch:
    """The most memory in each part of the siege, looked at while the block runs."""

    besieged: Besieged
    peaks: dict[str, Memory] = field(default_factory=dict)
    last: Memory = field(default_factory=Memory)
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
        self.peaks[part] = Memory()
        self.part = part

    def look(self) -> None:
        self.last = Memory.of(self.besieged)
        self.peaks[self.part].rise(self.last)

    def _watch(self) -> None:
        while not self.ended.wait(EVERY):
            self.look()


def unique(process: psutil.Process) -> float:
    """MB that are this process's alone."""
    return process.memory_full_info().uss / MB


def proportional(process: psutil.Process) -> float:
    """MB of it, what n share as an n-th to each; 0 where it has ended; unique ones on macOS."""
    try:
        found = process.memory_full_info()
    except psutil.Error:
        return 0.0
    return getattr(found, "pss", found.uss) / MB
