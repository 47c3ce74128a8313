"""Which charts are measured, under which filters."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection

from dashboard.figures.film_bars import TOP
from db import queries
from db.filters.rating_filters import RatingFilters

# As the query string has them: none, one genre, several, release years, whole years of rating, and
# the hardest: a period that begins and ends inside a year together with several genres.
MIXES = (
    "",
    "genres=Comedy",
    "genres=Comedy,Drama&without=Horror",
    "released=1990-1999",
    "genres=Thriller&released=1980-2005&rated=2000..2009",
    "genres=Action,Crime&rated=2001-03..2009-10",
)


@dataclass(frozen=True)
class MeasuredChart:
    """One chart as it is measured: the query and the columns that tell its rows apart."""

    id: str
    query: Callable[..., pd.DataFrame]
    keys: tuple[str, ...]
    of_movie: bool = False
    estimated: bool = False
    """Of users, who are counted in a sample of a large dataset unless asked for exactly."""
    limit: int | None = None
    """How many rows the page asks for, the best first; None for all, as the CSV does."""

    def read(
        self, connection: Connection, filters: RatingFilters, movie: int, **more: int | None
    ) -> pd.DataFrame:
        """The rows of the chart's CSV; `more`: limit or exact, where the query takes them."""
        chosen = {"movie": movie} if self.of_movie else {}
        return self.query(connection, filters, **chosen, **more)


CHARTS = (
    MeasuredChart("average-rating-by-month", queries.average_rating_by_month, ("month",)),
    MeasuredChart("ratings-by-month", queries.ratings_by_month, ("month",)),
    MeasuredChart("rating-distribution", queries.rating_distribution, ("stars",)),
    MeasuredChart("ratings-per-user", queries.ratings_per_user, ("ratings",), estimated=True),
    MeasuredChart("ratings-per-movie", queries.ratings_per_movie, ("ratings",)),
    MeasuredChart("movies-by-genre", queries.movies_by_genre, ("genre",)),
    MeasuredChart("ratings-by-genre", queries.ratings_by_genre, ("genre",)),
    MeasuredChart("genre-share-by-year", queries.genre_share_by_year, ("year", "genre")),
    MeasuredChart("genre-by-decade", queries.genre_by_decade, ("genre", "decade")),
    MeasuredChart("polarising-movies", queries.polarising_movies, ("movie_id",)),
    MeasuredChart("top-movies", queries.top_movies, ("movie_id",), limit=TOP),
    MeasuredChart("movie-by-month", queries.movie_by_month, ("month",), of_movie=True),
    MeasuredChart("user-similarity", queries.user_similarity, ("user_id", "other_user_id")),
    MeasuredChart(
        "user-averages",
        queries.user_averages,
        ("ratings_from", "average_rating"),
        estimated=True,
    ),
)


def parsed(mix: str) -> RatingFilters:
    """The filters of one of MIXES."""
    filters, problems = RatingFilters.from_query(mix)
    assert not problems, problems
    return filters
