"""Ratings over calendar months (UTC)."""

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import one_movie, with_interval
from db.queries.frames import frame
from db.queries.identifiers import identifier
from db.queries.scope import RollupPlan, Scope


def average_rating_by_month(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: month, ratings, average_rating (stars, of the month's), low, high, by month.

    low, high: the average's 95 % interval, which takes ratings as independent.
    """
    scope = Scope.of(connection, filters)
    sums = _sums(scope, scope.plan("months"))
    return frame(connection, with_interval("month", sums, "month"), scope.bound)


def _sums(scope: Scope, plan: RollupPlan) -> str:
    """SELECT of month, ratings, half_stars, squares."""
    names = ("ratings", "half_stars", "squares")
    added = ", ".join(f"sum({name})::bigint as {name}" for name in names)
    rows = plan.select(f"month, {', '.join(names)}")
    return f"select month, {added} from ({rows}) r where {scope.dataset.has_times} group by month"


def ratings_by_month(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: month, ratings, cumulative_ratings (of the period up to that month), by month."""
    scope = Scope.of(connection, filters)
    rows = scope.plan("months").select("month, ratings")
    select = f"""
        select month, sum(ratings) as ratings,
            (sum(sum(ratings)) over (order by month))::bigint as cumulative_ratings
        from ({rows}) r where {scope.dataset.has_times} group by month order by month
    """
    return frame(connection, select, scope.bound)


def movie_by_month(connection: Connection, filters: RatingFilters, movie: int) -> pd.DataFrame:
    """One film's ratings; none where the film doesn't pass the filters.

    Returns: month, ratings, average_rating (stars), cumulative_ratings, low, high, by month.
    low, high: the average's 95 % interval, which takes ratings as independent.
    """
    scope = Scope.of(connection, filters)
    means = with_interval("month", _sums(scope, one_movie(scope, movie)), "month")
    select = f"""
        select month, ratings, average_rating,
            (sum(ratings) over (order by month))::bigint as cumulative_ratings, low, high
        from ({means}) m order by month
    """
    return frame(connection, select, scope.bound | {"movie": identifier(movie)})
