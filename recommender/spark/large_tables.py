"""The large tables of a dataset, filled by executors with what an import fills them with."""

from functools import partial

import pandas as pd
from pyspark import Broadcast
from pyspark.sql import DataFrame
from sqlalchemy import Connection

from db.ingest.movie_months import MovieMonths
from db.similarity import PackedRatings
from db.store.binary_copy import copy_in
from recommender.spark.copying import Target
from recommender.spark.partitions import Part
from recommender.spark.survey import usable_rows

RATING = ("user_id", "movie_id", "rated_at", "month", "half_stars")
FILM = ["movie_id", "release_year", "genre_mask"]


def copy_ratings(
    target: Target,
    rows: DataFrame,
    movies: pd.DataFrame,
    places: dict[int, int],
    partitions: int,
) -> None:
    """Fill ratings, what is packed of them, and movie_months.

    rows: as `checked` makes them. movies: every film, with FILM. places: as Survey has them.
    """
    spark = rows.sparkSession.sparkContext
    films, first = spark.broadcast(movies[FILM]), spark.broadcast(places)
    target.copy("ratings", rows, partial(_by_user, films, first))
    by_film = rows.where("reason is null").select("movie_id", "month", "half_stars")
    target.copy("movie_months", by_film.repartition(partitions, "movie_id"), partial(_by_film, films))
    films.unpersist()
    first.unpersist()


def _by_user(films: Broadcast, places: Broadcast, connection: Connection, part: Part) -> None:
    ratings = part._replace(rows=usable_rows(part)).columns(*RATING)
    if not len(ratings["user_id"]):
        return
    copy_in(connection, "ratings", ratings, new=False)
    packed = PackedRatings(connection, films.value, places.value[part.number])
    packed.add(ratings)
    packed.copy()


def _by_film(films: Broadcast, connection: Connection, part: Part) -> None:
    months = MovieMonths()
    months.add(*part.columns("movie_id", "month", "half_stars").values())
    months.copy(connection, films.value, new=False)
