"""Models that are seldom asked for take no memory meanwhile."""

import mmap

from recommender.models.base import Recommender


def let_go(model: Recommender) -> None:
    """Have what it learned be no part of this process until it is asked for again.

    The system's cache keeps it. Nothing to do where it is not memory-mapped from an artifact.
    """
    for name in model.learned:
        mapped = getattr(getattr(model, name), "_mmap", None)
        if mapped is not None and hasattr(mmap, "MADV_DONTNEED"):
            mapped.madvise(mmap.MADV_DONTNEED)
