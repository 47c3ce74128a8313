"""The large tables of a dataset, filled by executors with what an import fills them with."""

from functools import partial

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark import Broadcast
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from sqlalchemy import Connection

from db.ingest.movie_months import MovieMonths, films_of
from db.ingest.sources.ordering import SCATTER
from db.similarity import PackedRatings
from db.store.binary_copy import copy_in
from recommender.spark.copying import Target
from recommender.spark.kept_ratings import ARRAYS, ratings_of
from recommender.spark.partitions import Part, of_each_part

FILM = ["movie_id", "release_year", "genre_mask"]
SHARES = 64  # in which films are counted, at least: so many that partitions get alike

SHARE = pa.struct({"keys": pa.binary(), "counts": pa.binary()})
COUNTED = pa.schema({"shares": pa.list_(SHARE)})


def copy_ratings(
    target: Target,
    kept: DataFrame,
    movies: pd.DataFrame,
    places: dict[int, int],
    partitions: int,
) -> None:
    """Fill ratings, what is packed of them, and movie_months.

    kept: as `kept_ratings` makes them. movies: every film, with FILM. places: as Survey has them.
    """
    spark = kept.sparkSession.sparkContext
    films, first = spark.broadcast(movies[FILM]), spark.broadcast(places)
    target.copy("ratings", kept.select(*ARRAYS), partial(_by_user, films, first))
    by_film = _counts(kept, max(SHARES, 4 * partitions)).repartition(partitions, "films")
    target.copy("movie_months", by_film, partial(_by_film, films))
    films.unpersist()
    first.unpersist()


def _by_user(films: Broadcast, places: Broadcast, connection: Connection, part: Part) -> None:
    ratings = ratings_of(part)
    if not len(ratings["user_id"]):
        return
    copy_in(connection, "ratings", ratings, new=False)
    packed = PackedRatings(connection, films.value, places.value[part.number])
    packed.add(ratings)
    packed.copy()


def _counts(kept: DataFrame, shares: int) -> DataFrame:
    """films (a share of them), keys and counts, as MovieMonths has them."""
    rows = kept.select("movie_id", "rated_at", "half_stars")
    counted = of_each_part(rows, partial(_counted, shares), COUNTED)
    return counted.select(f.posexplode("shares").alias("films", "share")).select("films", "share.*")


def _counted(shares: int, part: Part) -> dict:
    months, ratings = MovieMonths(), ratings_of(part)
    months.add(ratings["movie_id"], ratings["month"], ratings["half_stars"])
    keys, counts = months.counted()
    share = (films_of(keys).astype(np.uint32) * SCATTER >> np.uint32(16)) % shares
    order = np.argsort(share, kind="stable")
    ends = np.cumsum(np.bincount(share, minlength=shares))[:-1]
    split = zip(np.split(keys[order], ends), np.split(counts[order], ends), strict=True)
    return {"shares": [{"keys": k.tobytes(), "counts": n.tobytes()} for k, n in split]}


def _by_film(films: Broadcast, connection: Connection, part: Part) -> None:
    months = MovieMonths()
    for row in part.rows.to_pylist():
        months.add_counts(
            np.frombuffer(row["keys"], np.int64), np.frombuffer(row["counts"], np.int32)
        )
    months.copy(connection, films.value, new=False)
