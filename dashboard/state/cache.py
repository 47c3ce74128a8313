"""Answers of the database, kept in memory: the same question about the same data is asked once.

A key holds the dataset's fingerprint, so that nothing outlives an import.
"""

from collections.abc import Callable
from threading import Lock
from typing import Any

import pandas as pd
from cachetools import LRUCache
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.store.engine import dataset

MOST_BYTES = 64_000_000  # per worker
SMALL = 1_000  # bytes counted for an answer that is no DataFrame


def _size(answer: Any) -> int:
    if isinstance(answer, pd.DataFrame):
        return SMALL + int(answer.memory_usage(deep=True).sum())
    return SMALL


_answers: LRUCache = LRUCache(MOST_BYTES, getsizeof=_size)
_lock = Lock()


def cached(
    query: Callable, connection: Connection, filters: RatingFilters, **parameters: object
) -> Any:
    """`query(connection, filters, **parameters)`, remembered; the answer must not be changed."""
    key = (dataset(connection).fingerprint, query, filters, *sorted(parameters.items()))
    with _lock:
        if key in _answers:
            return _answers[key]
    answer = query(connection, filters, **parameters)
    if _size(answer) <= MOST_BYTES:
        with _lock:
            _answers[key] = answer
    return answer


def clear() -> None:
    """Forget every answer, so that a benchmark asks the database each time."""
    with _lock:
        _answers.clear()
