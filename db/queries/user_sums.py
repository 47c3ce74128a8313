"""Users: how many films they rate and how they rate them."""

from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.estimates import interval
from db.queries.scope import Scope
from db.similarity import few_given
from db.store.binary_copy import copy_out

# Lower ends of the bins of how many films a user rated
BINS = np.array([1, *(first * 10**power for power in range(8) for first in (2, 5, 10))])
CELLS = 64  # more than there are tenths of stars

OF_USERS = """
    select count(*)::integer as ratings, sum(half_stars)::integer as half_stars
    from {table} where {conditions} group by user_id
"""
SUMS = {"ratings": np.int32, "half_stars": np.int32}


@dataclass(frozen=True)
class UserSums:
    """What each user gave that passes the filters: how many ratings, and their sum.

    one_in: 1 where all users are there, k where they are a sample of 1 in k.
    """

    ratings: np.ndarray
    half_stars: np.ndarray
    one_in: int

    @classmethod
    def of(cls, connection: Connection, scope: Scope, exact: bool = False) -> Self:
        """Of a large dataset: one by one where few ratings answer it, else of a sample of users."""
        sampled = scope.dataset.users_one_in > 1
        if scope.is_everything:
            select = "select ratings, half_stars from user_totals"
        elif sampled and exact:
            table = "ratings join movies using (movie_id)"
            select = OF_USERS.format(table=table, conditions=scope.rating_conditions)
        elif sampled and (few := few_given(connection, scope)):
            return cls(*few, 1)
        else:
            select = OF_USERS.format(table="user_ratings", conditions=scope.rating_conditions)
        found = copy_out(connection, select, scope.bound, SUMS)
        every = scope.is_everything or exact
        return cls(**found, one_in=1 if every else scope.dataset.users_one_in)


def ratings_per_user(
    connection: Connection, filters: RatingFilters, exact: bool = False
) -> pd.DataFrame:
    """Returns: ratings, users (how many gave exactly so many), users_low, users_high, by ratings.

    From a sample the users are scaled up, and users_low to users_high is the 95 % interval;
    `attrs["sample"]` then says how large it is. Without filters `attrs["goodness"]` is the p value
    of the power law of their tail, None where none is known.
    """
    scope = Scope.of(connection, filters)
    sums = UserSums.of(connection, scope, exact)
    ratings, seen = np.unique(sums.ratings, return_counts=True)
    rows = _scaled(pd.DataFrame({"ratings": ratings.astype(np.int64)}), seen, sums.one_in)
    if scope.is_everything:
        rows.attrs["goodness"] = scope.dataset.user_tail_p
    return rows


def user_averages(
    connection: Connection, filters: RatingFilters, exact: bool = False
) -> pd.DataFrame:
    """Users by how many films they rated and by their average rating, both in bins.

    Returns: ratings_from, ratings_to (both inclusive: 1, 2–4, 5–9, 10–19, 20–49, …), average_rating
    (stars, the lower edge of a bin 0.1 wide), users (at least one), users_low, users_high; by the
    two. From a sample as in ratings_per_user.
    """
    sums = UserSums.of(connection, Scope.of(connection, filters), exact)
    bins = np.searchsorted(BINS, sums.ratings, side="right")
    tenths = 5 * sums.half_stars.astype(np.int64) // sums.ratings
    # As one number each: pairs of half a million users take unique() a second
    cells, seen = np.unique(bins * CELLS + tenths, return_counts=True)
    bins, tenths = np.divmod(cells, CELLS)
    rows = {
        "ratings_from": BINS[bins - 1],
        "ratings_to": BINS[bins] - 1,
        "average_rating": tenths / 10,
    }
    return _scaled(pd.DataFrame(rows), seen, sums.one_in)


def _scaled(rows: pd.DataFrame, seen: np.ndarray, one_in: int) -> pd.DataFrame:
    """With the users of each row, and the interval that they are in."""
    low, high = interval(seen, one_in)
    rows = rows.assign(users=seen * one_in, users_low=low, users_high=high)
    if one_in > 1:
        rows.attrs |= {"sample": f"1 in {one_in} users", "one_in": one_in}
    return rows
