"""Users: how many films they rate and how they rate them."""

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.frames import frame
from db.queries.scope import Scope

# Lower ends of the bins of how many films a user rated
BINS = [1, *(first * 10**power for power in range(8) for first in (2, 5, 10))]


def ratings_per_user(
    connection: Connection, filters: RatingFilters, exact: bool = False
) -> pd.DataFrame:
    """Returns: ratings, users (how many gave exactly so many), by ratings.

    From a sample the users are scaled up; `attrs["sample"]` then says how large it is.
    """
    select = """
        select ratings, count(*) * :one_in as users from ({users}) u
        group by ratings order by ratings
    """
    return _read(connection, filters, exact, select)


def user_averages(
    connection: Connection, filters: RatingFilters, exact: bool = False
) -> pd.DataFrame:
    """Users by how many films they rated and by their average rating, both in bins.

    Returns: ratings_from, ratings_to (both inclusive: 1, 2–4, 5–9, 10–19, 20–49, …), average_rating
    (stars, the lower edge of a bin 0.1 wide), users (at least one); by the two.
    From a sample the users are scaled up; `attrs["sample"]` then says how large it is.
    """
    select = """
        with binned as (
            select width_bucket(ratings, cast(:bins as integer[])) as bin,
                5 * half_stars / ratings as tenths
            from ({users}) u
        )
        select
            (cast(:bins as integer[]))[bin] as ratings_from,
            (cast(:bins as integer[]))[bin + 1] - 1 as ratings_to,
            tenths::float8 / 10 as average_rating,
            count(*) * :one_in as users
        from binned group by bin, tenths order by bin, tenths
    """
    return _read(connection, filters, exact, select, bins=BINS)


def _read(
    connection: Connection, filters: RatingFilters, exact: bool, select: str, **values: object
) -> pd.DataFrame:
    """Run a SELECT from {users} with the smallest table that answers it."""
    scope = Scope.of(connection, filters)
    one_in = users_one_in(scope, exact)
    rows = frame(
        connection,
        select.format(users=user_sums(scope, exact)),
        scope.bound | {"one_in": one_in} | values,
    )
    if one_in > 1:
        rows.attrs["sample"] = f"1 in {one_in} users"
    return rows


def users_one_in(scope: Scope, exact: bool = False) -> int:
    """1 where the figures of users are exact, k where they come from 1 in k users."""
    return 1 if exact or scope.is_everything else scope.dataset.users_one_in


def user_sums(scope: Scope, exact: bool = False) -> str:
    """SELECT of user_id, ratings, half_stars: what each user gave that passes the filters."""
    if scope.is_everything:
        return "select user_id, ratings, half_stars from user_totals"
    exactly = exact and scope.dataset.users_one_in > 1
    table = "ratings join movies using (movie_id)" if exactly else "user_ratings"
    return f"""
        select user_id, count(*) as ratings, sum(half_stars) as half_stars
        from {table} where {scope.rating_conditions} group by user_id
    """
