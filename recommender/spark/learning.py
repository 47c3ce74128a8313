"""ALS learned on a cluster, as the artifact that the page answers with as `spark-als`."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from pyspark.sql import DataFrame
from pyspark.sql import functions as f

from db.errors import LoadError
from db.store.datasets import Dataset
from recommender.models.spark_als import SparkALSRecommender
from recommender.spark.biases import explained, learned
from recommender.spark.hyperparameters import RESIDUAL, Grid, Tried


@dataclass(frozen=True)
class Films:
    """The films that a dataset's artifacts are about, in their order: ascending."""

    ids: np.ndarray

    def check(self, movie_ids: np.ndarray) -> None:
        """Raises: LoadError where ratings are of other films."""
        if not np.array_equal(self.ids, movie_ids):
            raise LoadError(
                f"The source rates {len(movie_ids):,} films, and the loaded dataset"
                f" {len(self.ids):,}: they are not the same. Load the source first."
            )


def usable(ratings: DataFrame, partitions: int) -> DataFrame:
    """user, movie, rating, by user and kept in memory, from a source of the same columns."""
    whole = (f.col(name).cast("int") for name in ("user", "movie"))
    rows = ratings.select(*whole, f.col("rating")).repartition(partitions, "user")
    return rows.sortWithinPartitions("user").persist()


def check(ratings: DataFrame, dataset: Dataset) -> None:
    """Raises: LoadError where these can't be the ratings of the dataset."""
    counts = f.count("*"), f.count_distinct("user"), f.count_distinct("movie")
    found = tuple(ratings.agg(*counts).head())
    wanted = dataset.ratings, dataset.users, dataset.movies
    if found != wanted:
        told = "{:,} ratings of {:,} users and {:,} films".format
        raise LoadError(
            f"The source has {told(*found)}; the loaded dataset, {dataset.name}, has"
            f" {told(*wanted)}. Load the source first, with aggregate.py or python -m db load."
        )


def train(
    ratings: DataFrame, films: Films, grid: Grid, report: Callable[[Tried], None]
) -> tuple[SparkALSRecommender, dict[str, np.ndarray]]:
    """The best model of the grid on the ratings held out, then learned from all of them.

    Returns its hyperparameters (a model that is not fitted) and what it learned, by name.
    """
    tried = []
    for result in grid.search(ratings):
        report(result)
        tried.append(result)
    best = min(tried[1:], key=lambda each: each.rmse)
    model = SparkALSRecommender(best.rank, best.regularisation, grid.iterations, grid.seed)
    return model, _learned(ratings, films, grid, best)


def _learned(ratings: DataFrame, films: Films, grid: Grid, best: Tried) -> dict[str, np.ndarray]:
    biases = learned(ratings)
    films.check(biases.movie_ids)
    training = explained(ratings, biases).withColumn("residual", f.expr(RESIDUAL))
    model = grid.fit(training, best.rank, best.regularisation, "The best pair, of all ratings")
    factors = model.itemFactors.toArrow()
    vectors = np.empty((len(films.ids), best.rank))
    learned_vectors = factors["features"].combine_chunks().flatten().to_numpy()
    vectors[np.searchsorted(films.ids, factors["id"])] = learned_vectors.reshape(-1, best.rank)
    return {
        "mean_": np.asarray(biases.mean),
        "movie_biases_": biases.of_movies,
        "vectors_": vectors,
    }
