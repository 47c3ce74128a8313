"""The ratings that pass the rules of db.ingest.sources.checks; the others counted by reason."""

from collections.abc import Sequence

import pyarrow as pa
from pyspark.sql import Column, DataFrame, Window
from pyspark.sql import functions as f

from db.ingest.sources.checks import LARGEST
from db.ingest.sources.rejections import FILM, PAIR, RATING, TIMESTAMP, USER

WHOLE = {"user": "user_id", "movie": "movie_id", "timestamp": "rated_at"}


def once() -> Column:
    """Where a usable row stands among those of its user and film.

    Of a repeated pair the latest stays; of one time the worst, as rows have no order here.
    """
    usable = f.col("reason").isNull()
    pair = Window.partitionBy("user_id", "movie_id", usable).orderBy(
        f.desc("rated_at"), "half_stars"
    )
    return f.row_number().over(pair)


def checked(ratings: DataFrame, movie_ids: Sequence[int] | None) -> DataFrame:
    """user_id, movie_id, rated_at, month, half_stars, and reason: null where the row can be used.

    movie_ids None: any film may be rated. Rows come by user, which later steps rely on for speed.
    """
    half_stars = f.col("rating") * 2
    rules = {
        USER: f.col("user").between(0, LARGEST),
        FILM: f.col("movie").between(0, LARGEST),
        TIMESTAMP: f.col("timestamp").between(0, LARGEST),
        RATING: half_stars.between(1, 10) & (half_stars == f.floor(half_stars)),
    }
    if movie_ids is not None:
        listed = _listed(ratings, movie_ids)
        ratings = ratings.join(f.broadcast(listed), "movie", "left")
        rules[FILM] &= f.col("listed").isNotNull()
    seconds = f.col("timestamp")
    rows = ratings.select(
        _first_broken(rules).alias("reason"),
        *(f.expr(f"try_cast({old} as int)").alias(new) for old, new in WHOLE.items()),
        _month(seconds).alias("month"),
        f.when(rules[RATING], half_stars).cast("smallint").alias("half_stars"),
    )
    rows = rows.repartition("user_id")
    repeated = f.col("reason").isNull() & (once() > 1)
    return rows.withColumn("reason", f.when(repeated, PAIR).otherwise(f.col("reason")))


def _listed(ratings: DataFrame, movie_ids: Sequence[int]) -> DataFrame:
    listed = {"movie": pa.array(movie_ids, pa.int64()), "listed": [True] * len(movie_ids)}
    return ratings.sparkSession.createDataFrame(pa.table(listed))


def _first_broken(rules: dict[str, Column]) -> Column:
    """The name of the first rule that a row breaks; a missing value passes none."""
    passed = [f.when(~f.coalesce(rule, f.lit(False)), reason) for reason, rule in rules.items()]
    return f.coalesce(*passed)


def _month(seconds: Column) -> Column:
    """Months since January 1970 (UTC)."""
    time = f.timestamp_seconds(f.when(seconds.between(0, LARGEST), seconds))
    return ((f.year(time) - 1970) * 12 + f.month(time) - 1).cast("smallint")
