"""The ratings' part of db.ingest.fingerprint, added up on the cluster."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f

from db.ingest.fingerprint import SEEDS, Fingerprint

COLUMNS = ("user_id", "movie_id", "rated_at", "half_stars")
MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))  # of splitmix64, as there


def add_ratings(fingerprint: Fingerprint, ratings: DataFrame, count: int) -> None:
    """What fingerprint.add_ratings would do with all these rows."""
    hashes = ["first", "second"]
    with _wrapping(ratings.sparkSession):
        rows = ratings.select(
            *COLUMNS,
            *(f.lit(_signed(seed)).alias(h) for h, seed in zip(hashes, SEEDS, strict=True)),
        )
        for column in COLUMNS:
            rows = _next(rows, hashes, lambda hashed, name=column: hashed + f.col(name))
            for shift, factor in MIXING:
                rows = _next(rows, hashes, lambda hashed, by=shift: _folded(hashed, by))
                rows = _next(rows, hashes, lambda hashed, by=factor: hashed * _signed(by))
            rows = _next(rows, hashes, lambda hashed: _folded(hashed, 31))
        sums = rows.agg(*(f.sum(name) for name in hashes)).head()
    fingerprint.sums += np.array([value or 0 for value in sums], np.int64).view(np.uint64)
    fingerprint.rows += count


@contextmanager
def _wrapping(spark: SparkSession) -> Iterator[None]:
    """Inside, whole numbers of 64 bits wrap around instead of raising an error."""
    before = spark.conf.get("spark.sql.ansi.enabled")
    spark.conf.set("spark.sql.ansi.enabled", "false")
    try:
        yield
    finally:
        spark.conf.set("spark.sql.ansi.enabled", before)


def _next(rows: DataFrame, hashes: list[str], step) -> DataFrame:
    """A step of both hashes. One SELECT for each: a hash that occurs twice is computed once."""
    return rows.select(*COLUMNS, *(step(f.col(name)).alias(name) for name in hashes))


def _folded(hashed: Column, shift: int) -> Column:
    return hashed.bitwiseXOR(f.shiftrightunsigned(hashed, shift))


def _signed(number: int) -> int:
    """The same 64 bits as Java reads them."""
    return int(np.uint64(number).astype(np.int64))
