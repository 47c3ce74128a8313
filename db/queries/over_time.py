"""Ratings over calendar months (UTC)."""

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import one_movie, with_interval
from db.queries.frames import frame
from db.queries.identifiers import identifier
from db.queries.scope import Scope

AVERAGE = "sum(half_stars)::float8 / (2 * sum(ratings)) as average_rating"
CUMULATIVE = "(sum(sum(ratings)) over (order by month))::bigint as cumulative_ratings"


def average_rating_by_month(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: month, ratings, average_rating (stars, of the month's), low, high, by month.

    low, high: the average's 95 % interval, which takes ratings as independent.
    """
    scope = Scope.of(connection, filters)
    rows = scope.plan("months").select("month, ratings, half_stars, squares")
    added = ", ".join(
        f"sum({name})::bigint as {name}" for name in ("ratings", "half_stars", "squares")
    )
    sums = f"select month, {added} from ({rows}) r where {scope.dataset.has_times} group by month"
    return frame(connection, with_interval("month", sums, "month"), scope.bound)


def ratings_by_month(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: month, ratings, cumulative_ratings (of the period up to that month), by month."""
    scope = Scope.of(connection, filters)
    rows = scope.plan("months").select("month, ratings")
    return _by_month(connection, scope, rows, f"sum(ratings) as ratings, {CUMULATIVE}")


def movie_by_month(connection: Connection, filters: RatingFilters, movie: int) -> pd.DataFrame:
    """One film's ratings; none where the film doesn't pass the filters.

    Returns: month, ratings, average_rating (stars), cumulative_ratings, by month.
    """
    scope = Scope.of(connection, filters)
    rows = one_movie(scope, movie).select("month, ratings, half_stars")
    columns = f"sum(ratings) as ratings, {AVERAGE}, {CUMULATIVE}"
    return _by_month(connection, scope, rows, columns, movie=identifier(movie))


def _by_month(
    connection: Connection, scope: Scope, rows: str, columns: str, **values: int | None
) -> pd.DataFrame:
    known = scope.dataset.has_times
    select = f"select month, {columns} from ({rows}) r where {known} group by month order by month"
    return frame(connection, select, scope.bound | values)
