"""How many ratings each user has at most under filters, without looking at single users."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
from sqlalchemy import Connection, text

from db.similarity.formats import COUNT, MONTH_COUNT, RATER
from db.store.binary_copy import copy_packed_out

if TYPE_CHECKING:  # questions ask this room, not the other way
    from db.queries.scope import Scope

BOUNDED = {"genre_mask", "release_year"}  # what bounds are kept for, beside the month
FEW = 300_000  # ratings that are rather counted one by one: 2 MB

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


def rating_bounds(connection: Connection, scope: "Scope") -> tuple[np.ndarray, np.ndarray]:
    """user_id of every user, and how many ratings that pass the filters they have at most.

    Where the films that pass have few ratings, or are asked about in a way that no bounds are kept
    for, those are counted one by one. Else a bound is the least that any of the filters alone
    leaves; where there is one filter, that is exact.
    """
    user_ids = _counts(connection, "select user_ids from user_order")
    bounded = all(BOUNDED & condition.sql.keys() for condition in scope.conditions)
    if scope.conditions and (not bounded or _ratings(connection, scope) <= FEW):
        return user_ids, _counted(connection, scope, len(user_ids))
    return user_ids, np.minimum.reduce(list(_limits(connection, scope, len(user_ids))))


def _ratings(connection: Connection, scope: "Scope") -> int:
    """Of the films that pass, in whatever month."""
    select = f"select coalesce(sum(ratings), 0) from movie_totals where {_films(scope)}"
    return connection.scalar(text(select), scope.bound)


def _counted(connection: Connection, scope: "Scope", users: int) -> np.ndarray:
    """Exactly how many ratings pass, by place."""
    select = f"""
        select string_agg(raters, ''::bytea) from film_raters
        where movie_id = any(array(select movie_id from movie_totals where {_films(scope)}))
    """
    raters = np.frombuffer(copy_packed_out(connection, select, scope.bound), RATER)
    places = raters["place"]
    if scope.period:
        months = raters["month"].astype(np.int16)
        places = places[(months >= scope.period.first) & (months <= scope.period.last)]
    return np.bincount(places.astype(np.intp), minlength=users)


def _films(scope: "Scope") -> str:
    return " and ".join(scope.film_conditions)


def _limits(connection: Connection, scope: "Scope", users: int) -> Iterator[np.ndarray]:
    """By place, how many ratings each filter alone leaves at most."""
    asked = scope.bound
    every = _counts(connection, OF_ALL)
    yield every
    if "any_genre" in asked:
        yield sum(_of_genres(connection, asked["any_genre"]), np.zeros(users, np.int64))
    for of_genre in _of_genres(connection, asked.get("no_genre", 0)):
        yield every - of_genre
    if "first_release" in asked or "last_release" in asked:
        until = _released_until(connection, asked.get("last_release", LATEST), users)
        yield until - _released_until(connection, asked.get("first_release", 0) - 1, users)
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


def _in_period(connection: Connection, scope: "Scope", users: int) -> np.ndarray:
    counts = np.frombuffer(copy_packed_out(connection, OF_MONTHS, scope.bound), MONTH_COUNT)
    places = counts["place"].astype(np.intp)
    return np.bincount(places, counts["ratings"], users).astype(np.int64)


def _counts(
    connection: Connection, select: str, values: dict[str, Any] | None = None
) -> np.ndarray:
    """Of one SELECTed array; of no row, none."""
    return np.frombuffer(copy_packed_out(connection, select, values or {}), COUNT).astype(np.int32)
