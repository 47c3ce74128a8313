"""How many ratings each user has at most under filters, without looking at single users."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from sqlalchemy import Connection, text

from db.queries.scope import Scope
from db.similarity.set_raters import RATER
from db.similarity.user_counts import COUNT, MONTH_COUNT
from db.store.binary_copy import copy_packed_out

FEW = 1_000_000  # ratings that are rather counted one by one: 6 MB

OF_ALL = "select ratings from user_order"
OF_GENRE = "select ratings from user_genres where genre = :genre"
OF_MONTHS = """
    select string_agg(ratings, ''::bytea) from user_months
    where month between :first_month and :last_month
"""
RELEASED_UNTIL = """
    select ratings from user_releases where release_year <= :year order by release_year desc limit 1
"""
LATEST = 2**15 - 1  # of PostgreSQL's type smallint


def rating_bounds(connection: Connection, scope: Scope) -> tuple[np.ndarray, np.ndarray]:
    """user_id of every user, and how many ratings that pass the filters they have at most.

    Where the films that pass have few ratings, those are counted one by one. Else a bound is the
    least that any of the filters alone leaves; where there is one filter, that is exact.
    """
    user_ids = _counts(connection, "select user_ids from user_order")
    films = " and ".join([*scope.genre_conditions, *scope.released_conditions])
    if films and _ratings(connection, scope, films) <= FEW:
        return user_ids, _counted(connection, scope, films, len(user_ids))
    return user_ids, np.minimum.reduce(list(_limits(connection, scope, len(user_ids))))


def _ratings(connection: Connection, scope: Scope, films: str) -> int:
    """Of the films that pass, in whatever month."""
    select = f"select coalesce(sum(ratings), 0) from set_raters where {films}"
    return connection.scalar(text(select), scope.bound)


def _counted(connection: Connection, scope: Scope, films: str, users: int) -> np.ndarray:
    """Exactly how many ratings pass, by place."""
    select = f"select string_agg(raters, ''::bytea) from set_raters where {films}"
    raters = np.frombuffer(copy_packed_out(connection, select, scope.bound), RATER)
    places = raters["place"]
    if scope.period:
        months = raters["month"].astype(np.int16)
        places = places[(months >= scope.period.first) & (months <= scope.period.last)]
    return np.bincount(places.astype(np.intp), minlength=users)


def _limits(connection: Connection, scope: Scope, users: int) -> Iterator[np.ndarray]:
    """By place, how many ratings each filter alone leaves at most."""
    every = _counts(connection, OF_ALL)
    yield every
    if scope.filters.genres:
        yield sum(_of_genres(connection, scope.wanted), np.zeros(users, np.int64))
    for of_genre in _of_genres(connection, scope.unwanted):
        yield every - of_genre
    if scope.filters.released:
        first, last = scope.filters.released
        until = _released_until(connection, LATEST if last is None else last, users)
        yield until - _released_until(connection, -1 if first is None else first - 1, users)
    if scope.period:
        yield _in_period(connection, scope, users)


def _of_genres(connection: Connection, mask: int) -> Iterator[np.ndarray]:
    """By place, the ratings of films of each genre in the mask."""
    for genre in range(mask.bit_length()):
        if mask >> genre & 1:
            yield _counts(connection, OF_GENRE, {"genre": genre})


def _released_until(connection: Connection, year: int, users: int) -> np.ndarray:
    """By place, the ratings of films released until then; of unknown years none are counted."""
    found = _counts(connection, RELEASED_UNTIL, {"year": year})
    return found if len(found) else np.zeros(users, np.int32)


def _in_period(connection: Connection, scope: Scope, users: int) -> np.ndarray:
    counts = np.frombuffer(copy_packed_out(connection, OF_MONTHS, scope.bound), MONTH_COUNT)
    places = counts["place"].astype(np.intp)
    return np.bincount(places, counts["ratings"], users).astype(np.int64)


def _counts(
    connection: Connection, select: str, values: dict[str, Any] | None = None
) -> np.ndarray:
    """Of one SELECTed array; of no row, none."""
    return np.frombuffer(copy_packed_out(connection, select, values or {}), COUNT).astype(np.int32)
