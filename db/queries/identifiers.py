"""Which numbers can name a film or a user."""

from numbers import Integral
from typing import Any

LARGEST = 2**31 - 1  # of PostgreSQL's type integer


def identifier(value: Any) -> int | None:
    """The number as PostgreSQL takes it; None, which equals nothing in SQL, where it is none."""
    return int(value) if isinstance(value, Integral) and 0 <= value <= LARGEST else None
