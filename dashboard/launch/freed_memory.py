"""What a web worker frees goes back to the system, instead of lying there for the next who asks.

A worker has sixteen threads, and glibc lets each keep what its largest request took. Arrow keeps
what it freed as well. After an hour of load that was two thirds of a worker's memory.
"""

import ctypes
import os

MB = 1024 * 1024
# By their numbers in glibc's malloc.h
TRIM_THRESHOLD, MMAP_THRESHOLD, ARENA_MAX = -1, -3, -8
SETTINGS = {
    ARENA_MAX: 2,  # heaps, which threads share
    TRIM_THRESHOLD: MB,  # free at a heap's end: what is more is given back
    MMAP_THRESHOLD: 4 * MB,  # an array as large is given back by itself; smaller ones cost less so
}


def give_back() -> None:
    """Settle it for this process and those it forks; before threads, and before Arrow is imported.

    Other C libraries than glibc have no such settings, nor the need.
    """
    os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt:
        for setting, value in SETTINGS.items():
            mallopt(setting, value)
