"""The ratings that pass the rules of db.ingest.sources.checks; the others counted by reason."""

from collections.abc import Sequence

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from db.ingest.sources.checks import LARGEST
from db.ingest.sources.rejections import FILM, RATING, TIMESTAMP, USER


def checked(ratings: DataFrame, movie_ids: Sequence[int] | None, partitions: int) -> DataFrame:
    """user_id, movie_id, rated_at, half_stars, row, and reason: null where the row can be used.

    ratings: as SparkSource has them. movie_ids None: any film may be rated. A user's rows are in
    one partition.
    """
    half_stars = f.col("rating") * 2
    whole = half_stars.between(1, 10) & (half_stars == f.floor(half_stars))
    rows, rules = _with_rules(ratings, movie_ids, {RATING: whole})
    rows = rows.select(
        _first_broken(rules).alias("reason"),
        *_ids("rated_at"),
        f.when(rules[RATING], half_stars).cast("smallint").alias("half_stars"),
        "row",
    )
    return rows.repartition(partitions, "user_id")


def checked_tags(tags: DataFrame, movie_ids: Sequence[int] | None) -> DataFrame:
    """user_id, movie_id, tagged_at, tag, and reason, by the same rules."""
    rows, rules = _with_rules(tags, movie_ids, {})
    return rows.select(_first_broken(rules).alias("reason"), *_ids("tagged_at"), "tag")


def _with_rules(
    rows: DataFrame, movie_ids: Sequence[int] | None, more: dict[str, Column]
) -> tuple[DataFrame, dict[str, Column]]:
    """The rows, and by reason what must hold of them."""
    rules = {
        USER: f.col("user").between(0, LARGEST),
        FILM: f.col("movie").between(0, LARGEST),
        TIMESTAMP: f.col("timestamp").between(0, LARGEST),
    } | more
    if movie_ids is None:
        return rows, rules
    rules[FILM] &= f.col("listed").isNotNull()
    return rows.join(f.broadcast(_listed(rows, movie_ids)), "movie", "left"), rules


def _ids(time: str) -> list[Column]:
    """Numbers as tables have them; null where they don't fit."""
    names = {"user": "user_id", "movie": "movie_id", "timestamp": time}
    return [f.expr(f"try_cast({old} as int)").alias(new) for old, new in names.items()]


def _listed(ratings: DataFrame, movie_ids: Sequence[int]) -> DataFrame:
    listed = {"movie": pa.array(movie_ids, pa.int64()), "listed": [True] * len(movie_ids)}
    return ratings.sparkSession.createDataFrame(pa.table(listed))


def _first_broken(rules: dict[str, Column]) -> Column:
    """The name of the first rule that a row breaks; a missing value passes none."""
    passed = [f.when(~f.coalesce(rule, f.lit(False)), reason) for reason, rule in rules.items()]
    return f.coalesce(*passed)
