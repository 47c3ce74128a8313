"""Films that people disagree on, and the one they agree on most."""

from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import AGREEMENT, AVERAGE, STANDARD_DEVIATION, films
from db.queries.frames import frame
from db.queries.lookup import Movie, movie
from db.queries.scope import Scope
from db.store.original_scale import OriginalScale

MIN_RATINGS = 50  # of a film, where the filters say nothing

MEASURES = ("ratings", "half_stars", "squares", "low", "high")


ORDERS = {"agreement": "agreement", "deviation": "standard_deviation desc"}


@dataclass(frozen=True)
class Within:
    """A part of the plane of means and disagreement: which films are meant, ends included.

    measure: by what people disagree, a name of ORDERS. averages, spreads: from and to, as the
    dataset's numbers are; an agreement has no scale.
    """

    measure: str
    averages: tuple[float, float]
    spreads: tuple[float, float]

    def bound(self, scale: OriginalScale) -> dict[str, float]:
        """The ends in stars."""
        stars = [scale.half_stars(value) / 2 for value in self.averages]
        unit = 1.0 if self.measure == "agreement" else 2 * scale.step
        spreads = [value / unit for value in self.spreads]
        names = ("lowest", "highest", "least_apart", "most_apart")
        return dict(zip(names, (*stars, *spreads), strict=True))


INSIDE = {
    name: f"and {AVERAGE} between :lowest and :highest"
    f" and {sql} between :least_apart and :most_apart"
    for name, sql in {"agreement": AGREEMENT, "deviation": STANDARD_DEVIATION}.items()
}


def polarising_movies(
    connection: Connection,
    filters: RatingFilters,
    limit: int | None = None,
    order: str = "deviation",
    within: Within | None = None,
) -> pd.DataFrame:
    """Films with at least `min_ratings` ratings (50 where unset), the most polarising first.

    order: a name of ORDERS. within: leaves out the films that lie elsewhere.

    Returns: movie_id, title, release_year, genres, ratings, average_rating (stars),
    standard_deviation (stars, of the population), low_share (at most 2 stars), high_share (at least
    4 stars), agreement (of the camps at both ends and between, see film_sums.py); by
    standard_deviation, descending, or agreement, then ratings, descending, then movie_id.
    """
    return _spread(connection, filters, ORDERS[order], limit, within)


def most_agreed(connection: Connection, filters: RatingFilters) -> Movie | None:
    """The film with the smallest standard deviation among the same films."""
    rows = _spread(connection, filters, "standard_deviation", 1)
    return None if rows.empty else movie(connection, rows["movie_id"].iloc[0])


def _spread(
    connection: Connection,
    filters: RatingFilters,
    order: str,
    limit: int | None,
    within: Within | None = None,
) -> pd.DataFrame:
    scope = Scope.of(connection, filters)
    order = f"{order}, ratings desc, movie_id"
    first = f"order by {order} limit :limit" if limit is not None else ""
    select = f"""
        with spread as (
            select
                movie_id, ratings,
                {AVERAGE} as average_rating,
                {STANDARD_DEVIATION} as standard_deviation,
                low::float8 / ratings as low_share,
                high::float8 / ratings as high_share,
                {AGREEMENT} as agreement
            from ({films(scope, *MEASURES)}) f
            where ratings >= :min_ratings {INSIDE[within.measure] if within else ""}
            {first}
        )
        select
            movie_id, title, release_year, genres,
            ratings, average_rating, standard_deviation, low_share, high_share, agreement
        from spread join movies using (movie_id)
        order by {order}
    """
    least = MIN_RATINGS if filters.min_ratings is None else filters.min_ratings
    values = {"min_ratings": least, "limit": limit}
    if within:
        values |= within.bound(scope.dataset.scale)
    return frame(connection, select, scope.bound | values)
