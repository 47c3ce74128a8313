"""What each user gave of the ratings that pass, added up one by one where these are few."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from sqlalchemy import Connection, text

from db.similarity.formats import COUNT, MONTH_COUNT, RATER
from db.similarity.user_ratings import UserRatings
from db.store.binary_copy import copy_packed_out

if TYPE_CHECKING:  # questions ask this room, not the other way
    from db.queries.scope import Scope

FEW = 1_000_000  # ratings that are read to answer: 7 MB

RATERS = """
    select string_agg(raters, ''::bytea) from film_raters
    where movie_id = any(array(select movie_id from movie_totals where {films}))
"""
IN_PERIOD = """
    select string_agg(ratings, ''::bytea) from user_months
    where month between :first_month and :last_month
"""


class GivenSums(NamedTuple):
    """One entry for each user who gave a rating that passes: how many they gave, and their sum."""

    ratings: np.ndarray
    half_stars: np.ndarray


def few_given(connection: Connection, scope: "Scope") -> GivenSums | None:
    """Exact sums by user, from all ratings of the films that pass or of the users of the period.

    None where both are more than FEW.
    """
    films = " and ".join(scope.film_conditions) or "true"
    total = f"select coalesce(sum(ratings), 0) from movie_totals where {films}"
    if connection.scalar(text(total), scope.bound) <= FEW:
        return _by_films(connection, scope, films)
    return _by_users(connection, scope) if scope.period else None


def _by_films(connection: Connection, scope: "Scope", films: str) -> GivenSums:
    packed = copy_packed_out(connection, RATERS.format(films=films), scope.bound)
    raters = np.frombuffer(packed, RATER)
    if scope.period:
        months = raters["month"].astype(np.int16)
        raters = raters[(months >= scope.period.first) & (months <= scope.period.last)]
    places = raters["place"].astype(np.intp)
    ratings = np.bincount(places)
    half_stars = np.bincount(places, raters["half_stars"]).astype(np.int64)
    return GivenSums(ratings[ratings > 0], half_stars[ratings > 0])


def _by_users(connection: Connection, scope: "Scope") -> GivenSums | None:
    counts = np.frombuffer(copy_packed_out(connection, IN_PERIOD, scope.bound), MONTH_COUNT)
    places = np.unique(counts["place"].astype(np.intp))
    user_ids, ratings = (
        np.frombuffer(copy_packed_out(connection, f"select {name} from user_order", {}), COUNT)
        for name in ("user_ids", "ratings")
    )
    if ratings[places].sum() > FEW:
        return None
    given = UserRatings(connection, scope).of(user_ids[places].tolist())
    return GivenSums(
        np.array([len(each) for each in given.values()], np.int64),
        np.array([each["half_stars"].sum() for each in given.values()], np.int64),
    )
