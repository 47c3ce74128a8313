"""Many visitors for long: what goes wrong, and what grows."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from benchmarks.siege.besieged import Besieged
from benchmarks.siege.memory import Memory
from benchmarks.siege.visitors import THINKING, Answers, NextVisit, besiege

VISITORS = 25
MARKS = 0.0, 1.0, 10.0, 30.0  # minutes after which memory is looked at


@dataclass(frozen=True)
class Soaked:
    """memory: after so many minutes."""

    minutes: float
    answers: Answers
    memory: dict[float, Memory]


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
