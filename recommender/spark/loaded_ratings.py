"""The ratings of the loaded dataset as a source has them, for a cluster to learn from."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from sqlalchemy import text

from db.errors import LoadError
from db.store.datasets import Dataset
from db.store.engine import dataset, reading
from recommender.spark.source_frames import SparkSource

FILMS = text("select movie_id, ratings, half_stars from movie_totals order by movie_id")
LOAD_FIRST = "Load the source first, with aggregate.py or python -m db load."


@dataclass(frozen=True)
class LoadedRatings:
    """What is learned from, of the dataset that the model will answer for."""

    dataset: Dataset
    films: pd.DataFrame
    """movie_id (ascending), ratings and half_stars (their sum) of every film that is rated."""
    rows: DataFrame
    """user, movie, rating (stars), by user and kept in memory."""

    @classmethod
    def of(cls, source: SparkSource) -> "LoadedRatings":
        """Raises: LoadError where the source's can't be the ratings of the current dataset."""
        with reading() as connection:
            current, films = dataset(connection), pd.read_sql(FILMS, connection)
        whole = (f.col(name).cast("int") for name in ("user", "movie"))
        rows = source.ratings().select(*whole, f.col("rating"))
        rows = rows.repartition(source.partitions, "user").sortWithinPartitions("user").persist()
        found = cls(current, films, rows)
        found._check()
        return found

    @property
    def movie_ids(self) -> np.ndarray:
        """Ascending: the films that the dataset's artifacts are about, in their order."""
        return self.films["movie_id"].to_numpy()

    @property
    def counts(self) -> np.ndarray:
        """Ratings of each of them."""
        return self.films["ratings"].to_numpy()

    def _check(self) -> None:
        sums = f.count("*").alias("ratings"), f.sum(f.col("rating") * 2).alias("half_stars")
        films = self.rows.groupBy("movie").agg(*sums).toArrow().sort_by("movie").to_pandas()
        users = self.rows.agg(f.count_distinct("user")).head()[0]
        found = int(films["ratings"].sum()), users, len(films)
        wanted = self.dataset.ratings, self.dataset.users, self.dataset.movies
        told = "{:,} ratings of {:,} users and {:,} films".format
        if found != wanted:
            raise LoadError(
                f"The source has {told(*found)}; the loaded dataset, {self.dataset.name}, has"
                f" {told(*wanted)}. {LOAD_FIRST}"
            )
        if not np.array_equal(films.to_numpy(float), self.films.to_numpy(float)):
            raise LoadError(
                f"The source has as many ratings as the loaded dataset, {self.dataset.name}, but"
                f" others. {LOAD_FIRST}"
            )
