"""Which numbers can name a film or a user."""

from numbers import Integral
from typing import Any

LARGEST = 2**31 - 1  # of PostgreSQL's type integer


def identifier(value: Any) -> int | None:
    """The number as PostgreSQL takes it; None, which equals nothing in SQL, where it is none."""
    number = int(value) if isinstance(value, Integral) else -1
    return number if 0 <= number <= LARGEST else None
