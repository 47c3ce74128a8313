"""The ratings that pass the filters in a few figures."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from sqlalchemy import Connection, text

from db.filters.months import Month
from db.filters.rating_filters import RatingFilters
from db.queries.estimates import interval
from db.queries.film_sums import films
from db.queries.scope import Scope
from db.queries.user_sums import UserSums


@dataclass(frozen=True)
class Summary:
    """Figures of the ratings that pass the filters."""

    ratings: int
    users: int
    movies: int
    """Films with at least one such rating."""
    listed: int
    """Those of them with as many as lists of films ask for (`min_ratings`, 1 where unset)."""
    average_rating: float | None
    """Stars; None without ratings."""
    first: date | None
    """First day of the month of the first rating; None without ratings, or without times."""
    last: date | None
    """First day of the month of the last rating; the same."""
    density: float
    """Ratings over users × movies; 0 without ratings."""
    users_estimated: bool
    """Whether `users` is scaled up from a sample."""
    users_margin: int
    """How far `users` may be off, with 95 % confidence; 0 where exact."""


def summary(connection: Connection, filters: RatingFilters) -> Summary:
    """Count everything that passes the filters."""
    scope = Scope.of(connection, filters)
    select = f"""
        select
            coalesce(sum(ratings), 0)::bigint as ratings,
            count(*) as movies,
            count(*) filter (where ratings >= :min_ratings) as listed,
            sum(half_stars)::float8 / (2 * sum(ratings)) as average_rating,
            min(first_month) as first,
            max(last_month) as last
        from ({films(scope, "ratings", "half_stars", "first_month", "last_month")}) f
    """
    bound = scope.bound | {"min_ratings": filters.min_ratings or 1}
    seen = connection.execute(text(select), bound).one()
    users, margin, estimated = _users(connection, scope, seen.ratings)
    return Summary(
        ratings=seen.ratings,
        users=users,
        movies=seen.movies,
        listed=seen.listed,
        average_rating=seen.average_rating,
        first=_first_day(seen.first) if scope.dataset.has_times else None,
        last=_first_day(seen.last) if scope.dataset.has_times else None,
        density=seen.ratings / (users * seen.movies) if users else 0.0,
        users_estimated=estimated,
        users_margin=margin,
    )


def _users(connection: Connection, scope: Scope, ratings: int) -> tuple[int, int, bool]:
    """How many users rated, the margin of that, and whether it is scaled up from a sample."""
    if scope.is_everything:
        return scope.dataset.users, 0, False
    sums = UserSums.of(connection, scope)
    seen = len(sums.ratings)
    low, high = (min(int(end), ratings) for end in interval(np.array(seen), sums.one_in))
    users = min(max(seen * sums.one_in, low), high)
    return users, max(high - users, users - low), sums.one_in > 1


def _first_day(month: int | None) -> date | None:
    return None if month is None else date(*Month.from_number(month), 1)
