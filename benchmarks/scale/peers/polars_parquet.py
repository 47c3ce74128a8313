"""Polars, lazily, on a Parquet file of all ratings."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import polars as pl
from polars import col
from polars import len as count

from benchmarks.scale.peers.movie_file import movies
from benchmarks.scale.peers.pandas_table import similarity
from benchmarks.scale.peers.peer import directions
from db.filters.months import MonthRange
from db.queries.disagreement import MIN_RATINGS
from db.queries.user_sums import BINS
from db.similarity import DEFAULT_USERS

HALF_STARS = col("half_stars")
RATINGS = count().alias("ratings")
SUM = HALF_STARS.sum().cast(pl.Int64).alias("half_stars")
AVERAGE = (HALF_STARS / (2 * col("ratings"))).alias("average_rating")
CUMULATIVE = col("ratings").cum_sum().alias("cumulative_ratings")


@dataclass(frozen=True)
class Polars:
    """A Parquet file (user_id, movie_id, month, half_stars) and the films in memory."""

    ratings: Path
    movies: pl.DataFrame

    @property
    def charts(self) -> Collection[str]:
        return CHARTS

    def answer(
        self,
        chart: str,
        films: np.ndarray | None,
        rated: MonthRange | None,
        movie: int,
        order: Sequence[str],
        limit: int | None,
    ) -> pd.DataFrame:
        passing = _passing(pl.scan_parquet(self.ratings), films, rated)
        if chart == "movie-by-month":
            passing = passing.filter(col("movie_id") == movie)
        answer = CHARTS[chart](passing, self.movies.lazy())
        if limit:
            by = directions(order)
            descending = [direction == "desc" for direction in by.values()]
            answer = answer.sort(list(by), descending=descending).head(limit)
        return pd.DataFrame(answer.collect().to_dict(as_series=False))


@contextmanager
def opened(source: Path, scratch: Path) -> Iterator[Polars]:
    file = scratch / "ratings.parquet"
    when = pl.from_epoch("timestamp", time_unit="s")
    pl.scan_csv(source / "ratings.csv").select(
        col("userId").cast(pl.Int32).alias("user_id"),
        col("movieId").cast(pl.Int32).alias("movie_id"),
        ((when.dt.year() - 1970) * 12 + when.dt.month() - 1).cast(pl.Int16).alias("month"),
        (col("rating") * 2).cast(pl.Int16).alias("half_stars"),
    ).sink_parquet(file)
    films = movies(source)
    yield Polars(
        file,
        pl.DataFrame(
            {
                "movie_id": films["movie_id"].to_numpy(),
                "release_year": [None if pd.isna(year) else year for year in films["release_year"]],
                "genre": films["genres"].str.split("|").tolist(),
            }
        ),
    )


def _passing(r: pl.LazyFrame, films: np.ndarray | None, rated: MonthRange | None) -> pl.LazyFrame:
    if films is not None:
        r = r.join(pl.LazyFrame({"movie_id": films}), on="movie_id", how="semi")
    first, last = rated or (None, None)
    if first:
        r = r.filter(col("month") >= first.number)
    return r.filter(col("month") <= last.number) if last else r


def _sums(r: pl.LazyFrame, *by: str) -> pl.LazyFrame:
    return r.group_by(by).agg(RATINGS, SUM)


def _average(sums: pl.LazyFrame) -> pl.LazyFrame:
    return sums.with_columns(AVERAGE).drop("half_stars")


def _by_genre(sums: pl.LazyFrame, films: pl.LazyFrame, *keys: str) -> pl.LazyFrame:
    """Sums by film (and more) become sums by genre and keys."""
    each = sums.join(films, on="movie_id").explode("genre").filter(col("genre") != "")
    return each.group_by("genre", *keys).agg(col("ratings").sum(), SUM)


def average_rating_by_month(r, films):
    return _average(_sums(r, "month"))


def ratings_by_month(r, films):
    return r.group_by("month").agg(RATINGS).sort("month").with_columns(CUMULATIVE)


def movie_by_month(r, films):
    return average_rating_by_month(r, films).sort("month").with_columns(CUMULATIVE)


def rating_distribution(r, films):
    return (
        r.group_by("half_stars")
        .agg(RATINGS)
        .select(
            (HALF_STARS / 2).alias("stars"),
            "ratings",
            (col("ratings") / col("ratings").sum()).alias("share"),
        )
    )


def ratings_per_user(r, films):
    return r.group_by("user_id").agg(RATINGS).group_by("ratings").agg(count().alias("users"))


def ratings_per_movie(r, films):
    return r.group_by("movie_id").agg(RATINGS).group_by("ratings").agg(count().alias("movies"))


def movies_by_genre(r, films):
    each = r.select("movie_id").unique().join(films, on="movie_id").explode("genre")
    return each.filter(col("genre") != "").group_by("genre").agg(count().alias("movies"))


def ratings_by_genre(r, films):
    return _average(_by_genre(_sums(r, "movie_id"), films))


def genre_share_by_year(r, films):
    sums = _sums(r.with_columns(year=1970 + col("month") // 12), "movie_id", "year")
    totals = sums.group_by("year").agg(col("ratings").sum().alias("total"))
    shares = _by_genre(sums, films, "year").join(totals, on="year")
    return shares.select("year", "genre", "ratings", share=col("ratings") / col("total"))


def genre_by_decade(r, films):
    known = films.filter(col("release_year").is_not_null())
    known = known.with_columns(decade=col("release_year") // 10 * 10)
    return _average(_by_genre(_sums(r, "movie_id"), known, "decade"))


def polarising_movies(r, films):
    return (
        r.group_by("movie_id")
        .agg(
            RATINGS,
            (HALF_STARS.mean() / 2).alias("average_rating"),
            (HALF_STARS.std(ddof=0) / 2).alias("standard_deviation"),
            (HALF_STARS <= 4).mean().alias("low_share"),
            (HALF_STARS >= 8).mean().alias("high_share"),
        )
        .filter(col("ratings") >= MIN_RATINGS)
    )


def top_movies(r, films):
    sums = _sums(r, "movie_id")
    is_weighed = (col("ratings") >= 50) | ((col("ratings") >= 50).sum() < 10)
    prior = sums.filter(is_weighed).select(
        mean=HALF_STARS.sum() / (2 * col("ratings").sum()),
        weight=col("ratings").quantile(0.75, interpolation="linear"),
    )
    score = (HALF_STARS / 2 + col("weight") * col("mean")) / (col("ratings") + col("weight"))
    scored = sums.join(prior, how="cross").with_columns(weighted_score=score)
    return _average(scored.drop("mean", "weight"))


def user_similarity(r, films):
    sizes = r.group_by("user_id").agg(RATINGS)
    chosen = sizes.sort(["ratings", "user_id"], descending=[True, False]).head(DEFAULT_USERS)
    rows = r.join(chosen, on="user_id", how="semi").collect()
    names = ("user_id", "movie_id", "half_stars")
    return pl.LazyFrame(similarity(*(rows[name].to_numpy() for name in names)).to_dict("list"))


def user_averages(r, films):
    place = pl.lit(pl.Series(BINS)).search_sorted(col("ratings"), side="right")
    users = _sums(r, "user_id").select(
        place=place, average_rating=(5 * HALF_STARS // col("ratings")) / 10
    )
    bins = pl.LazyFrame(
        {
            "place": range(1, len(BINS)),
            "ratings_from": BINS[:-1],
            "ratings_to": [following - 1 for following in BINS[1:]],
        },
        schema_overrides={"place": pl.UInt32},
    )
    counted = users.group_by("place", "average_rating").agg(count().alias("users"))
    return counted.with_columns(col("place").cast(pl.UInt32)).join(bins, on="place").drop("place")


CHARTS: dict[str, Callable[[pl.LazyFrame, pl.LazyFrame], pl.LazyFrame]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        average_rating_by_month,
        ratings_by_month,
        movie_by_month,
        rating_distribution,
        ratings_per_user,
        ratings_per_movie,
        movies_by_genre,
        ratings_by_genre,
        genre_share_by_year,
        genre_by_decade,
        polarising_movies,
        top_movies,
        user_similarity,
        user_averages,
    )
}
