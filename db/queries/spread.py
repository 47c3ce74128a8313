"""How ratings spread over the stars and over the films."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.filters.filter import Condition
from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import films, one_movie
from db.queries.frames import frame
from db.queries.identifiers import identifier
from db.queries.scope import RollupPlan, Scope

HALF_STARS = np.arange(1, 11)
COUNTS = [f"h{value}" for value in HALF_STARS]
GENRES_OF = text("select genre_mask from movies where movie_id = :movie")
OF_ITS_GENRES = Condition({"genre_mask": "genre_mask & :its_genres <> 0"})


def rating_distribution(
    connection: Connection, filters: RatingFilters, movie: int | None = None
) -> pd.DataFrame:
    """How often each rating was given, to all films that pass or to one of them.

    Returns: stars (0.5 to 5, those given at least once), ratings, share (0 to 1), by stars.
    """
    scope = Scope.of(connection, filters)
    plan = scope.plan("totals") if movie is None else one_movie(scope, movie)
    found = _given(connection, plan, scope.bound | {"movie": identifier(movie)})
    return _shares(found)[found > 0].reset_index(drop=True)


def movie_by_stars(connection: Connection, filters: RatingFilters, movie: int) -> pd.DataFrame:
    """How often each rating was given to a film, and to all films of any of its genres.

    Returns: stars (0.5 to 5, those given to either), ratings, share (0 to 1), genres_ratings,
    genres_share, by stars; none where the film has none. The film is one of those of its genres; a
    film of no genre has no share there.
    """
    scope = Scope.of(connection, filters)
    asked = {"movie": identifier(movie)}
    found = _given(connection, one_movie(scope, movie), scope.bound | asked)
    genres = {"its_genres": connection.scalar(GENRES_OF, asked) or 0}
    plan = scope.plan("totals", also=[OF_ITS_GENRES])
    others = _given(connection, plan, scope.bound | genres)
    beside = _shares(others)[["ratings", "share"]].add_prefix("genres_")
    given = (found + others > 0) & found.any()
    return pd.concat([_shares(found), beside], axis=1)[given].reset_index(drop=True)


def _given(connection: Connection, plan: RollupPlan, values: Mapping[str, Any]) -> np.ndarray:
    """How often each of HALF_STARS was given."""
    sums = ", ".join(f"coalesce(sum({count}), 0)" for count in COUNTS)
    select = f"select {sums} from ({plan.select(', '.join(COUNTS))}) r"
    return np.array(connection.execute(text(select), values).one()).astype(np.int64)


def _shares(given: np.ndarray) -> pd.DataFrame:
    """stars, ratings, share; a share of nothing is missing."""
    share = given / given.sum() if given.any() else np.full(len(given), np.nan)
    return pd.DataFrame({"stars": HALF_STARS / 2, "ratings": given, "share": share})


def ratings_by_release_year(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: release_year, ratings (of films of that year), by year; of unknown year none."""
    scope = Scope.of(connection, filters)
    rows = scope.plan("totals", ("release_year",)).select("release_year, ratings")
    select = f"""
        select release_year, sum(ratings)::bigint as ratings from ({rows}) r
        where release_year is not null group by release_year order by release_year
    """
    return frame(connection, select, scope.bound)


def ratings_per_movie(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: ratings, movies (how many films got exactly so many), by ratings.

    attrs: as ratings_per_user has them, of films.
    """
    scope = Scope.of(connection, filters)
    select = f"""
        select ratings, count(*) as movies from ({films(scope, "ratings")}) f
        group by ratings order by ratings
    """
    rows = frame(connection, select, scope.bound)
    if scope.is_everything:
        rows.attrs["goodness"] = scope.dataset.movie_tail_p
    return rows
