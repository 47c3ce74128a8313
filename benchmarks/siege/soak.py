"""Many visitors for long: what goes wrong, and what grows."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from benchmarks.siege.besieged import Besieged
from benchmarks.siege.memory import Memory
from benchmarks.siege.visitors import THINKING, Answers, NextVisit, besiege

VISITORS = 25
MARKS = 0.0, 1.0, *(5.0 * step for step in range(1, 25))  # minutes: memory is looked at then
SETTLED = 5.0  # minutes after which what grows still is growth; of a shorter soak a third of it


@dataclass(frozen=True)
class Soaked:
    """memory: after so many minutes."""

    minutes: float
    answers: Answers
    memory: dict[float, Memory]

    def growth(self, of: Callable[[Memory], float]) -> float:
        """MB that it grows by in 10 minutes: the slope of a straight line once it has settled."""
        settled = min(SETTLED, self.minutes / 3)
        marks = [mark for mark in self.memory if mark >= settled]
        if len(marks) < 2:
            marks = list(self.memory)
        return 10 * float(np.polyfit(marks, [of(self.memory[mark]) for mark in marks], 1)[0])


def soak(besieged: Besieged, visit: NextVisit, minutes: float) -> Soaked:
    """Visitors who think, for so long; memory at the marks on the way and at the end."""
    begun = time.monotonic()
    marks = [*(mark for mark in MARKS if mark < minutes), minutes]
    memory = {}
    with ThreadPoolExecutor(1) as pool:
        answers = pool.submit(besiege, besieged.port, visit, VISITORS, 60 * minutes, THINKING)
        for mark in marks:
            time.sleep(max(0.0, begun + 60 * mark - time.monotonic()))
            memory[mark] = Memory.of(besieged)
        return Soaked(minutes, answers.result(), memory)
