"""The rollups of db/store/rollups.sql, added up by Spark: the same tables, columns and rows."""

from collections.abc import Sequence

import pandas as pd
import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

MEASURES = ("ratings", "half_stars", "squares", *(f"h{value}" for value in range(1, 11)))
FILM = ("release_year", "genre_mask")
FILMS = pa.schema({"movie_id": pa.int32(), "release_year": pa.int16(), "genre_mask": pa.int64()})
KNUTH, WORD = 2_654_435_761, 1 << 32


def rollups(ratings: DataFrame, movies: pd.DataFrame, users_one_in: int) -> dict[str, DataFrame]:
    """By the names of their tables, in an order in which each is made from those before.

    ratings: user_id, movie_id, month, half_stars of every rating. movies: movie_id, release_year,
    genre_mask of every film. Sums that don't fit PostgreSQL's integer raise an error when read.
    """
    films = _films(ratings, movies)
    months = _movie_months(ratings).join(f.broadcast(films), "movie_id").persist()
    masks = _added_up(months, "genre_mask", "release_year", "month").persist()
    by_set = _added_up(masks, "genre_mask", "month").persist()
    sets = _genre_sets(films)
    with_genres = masks.join(f.broadcast(sets), "genre_mask").unionByName(
        masks.withColumn("genre", f.lit(None).cast("smallint"))
    )
    genres = _added_up(with_genres, "genre", "release_year", "month").persist()
    users = _user_totals(ratings)
    return {
        "movie_months": months.sort("month", "movie_id"),
        "movie_totals": _movie_totals(months).sort(f.desc("ratings"), "movie_id"),
        "mask_months": masks.sort("month", "release_year", "genre_mask"),
        "mask_years": _added_up(masks, "genre_mask", "release_year", _year()).sort(
            "year", "release_year", "genre_mask"
        ),
        "set_months": by_set.sort("month", "genre_mask"),
        "set_years": _added_up(by_set, "genre_mask", _year()).sort("year", "genre_mask"),
        "genre_sets": sets,
        "genre_months": genres.sort("genre", "release_year", "month"),
        "genre_years": _added_up(genres, "genre", "release_year", _year()).sort(
            "genre", "release_year", "year"
        ),
        "user_totals": users.sort(f.desc("ratings"), "user_id"),
        "user_ratings": _user_ratings(ratings, films, users_one_in).sort("user_id"),
    }


def _films(ratings: DataFrame, movies: pd.DataFrame) -> DataFrame:
    table = pa.Table.from_pandas(movies[["movie_id", *FILM]], FILMS, preserve_index=False)
    return ratings.sparkSession.createDataFrame(table)


def _movie_months(ratings: DataFrame) -> DataFrame:
    stars = f.col("half_stars").cast("long")
    values = {f"h{value}": f.count(f.when(stars == value, 1)) for value in range(1, 11)}
    sums = {"ratings": f.count("*"), "half_stars": f.sum(stars), "squares": f.sum(stars * stars)}
    return ratings.groupBy("movie_id", "month").agg(*_integers(sums | values))


def _movie_totals(months: DataFrame) -> DataFrame:
    span = (f.min("month").alias("first_month"), f.max("month").alias("last_month"))
    return _added_up(months, "movie_id", *FILM, more=span)


def _added_up(rows: DataFrame, *by: str | Column, more: Sequence[Column] = ()) -> DataFrame:
    """Of each group `more` and then the measures."""
    sums = {measure: f.sum(measure) for measure in MEASURES}
    return rows.groupBy(*by).agg(*more, *_integers(sums))


def _integers(sums: dict[str, Column]) -> list[Column]:
    return [total.cast("int").alias(name) for name, total in sums.items()]


def _year() -> Column:
    return (f.expr("month div 12") + 1970).cast("int").alias("year")


def _genre_sets(films: DataFrame) -> DataFrame:
    """Which genres a mask holds."""
    masks = films.select("genre_mask").distinct()
    bits = masks.select("genre_mask", f.expr("explode(sequence(0S, 61S)) as genre"))
    return bits.where("shiftright(genre_mask, genre) & 1L = 1L")


def _user_totals(ratings: DataFrame) -> DataFrame:
    sums = {"ratings": f.count("*"), "half_stars": f.sum(f.col("half_stars").cast("long"))}
    return ratings.groupBy("user_id").agg(*_integers(sums))


def sampled(users_one_in: int) -> Column:
    """Whether a user is one of the sample, as in rollups.sql (Knuth's multiplicative hash)."""
    scattered = f.col("user_id").cast("long") * KNUTH
    return scattered.bitwiseAND(WORD - 1) * users_one_in < WORD


def _user_ratings(ratings: DataFrame, films: DataFrame, users_one_in: int) -> DataFrame:
    return (
        ratings.where(sampled(users_one_in))
        .join(f.broadcast(films), "movie_id")
        .select("genre_mask", "user_id", "movie_id", "release_year", "month", "half_stars")
    )
