"""Milliseconds of a call, and what it returned."""

import statistics
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

REPEATS = 5
ENOUGH = 0.2  # seconds spent on one call and its repeats


def timed(call: Callable[[], T]) -> tuple[T, float]:
    """The result and the median in milliseconds, first call apart, unless that took too long."""
    result, first = once(call)
    times: list[float] = []
    while len(times) < REPEATS and first + sum(times) < 1000 * ENOUGH:
        times.append(once(call)[1])
    return result, statistics.median(times or [first])


def once(call: Callable[[], T]) -> tuple[T, float]:
    """The result and the milliseconds of one call."""
    start = time.perf_counter()
    result = call()
    return result, 1000 * (time.perf_counter() - start)
