"""ALS learned on a cluster, as the artifact that the page answers with as `spark-als`."""

from collections.abc import Callable

import numpy as np
from pyspark.sql import functions as f

from recommender.models.spark_als import SparkALSRecommender
from recommender.spark.biases import explained, learned
from recommender.spark.hyperparameters import RESIDUAL, Grid, Tried
from recommender.spark.loaded_ratings import LoadedRatings


def train(
    ratings: LoadedRatings, grid: Grid, report: Callable[[Tried], None]
) -> tuple[SparkALSRecommender, dict[str, np.ndarray]]:
    """The best model of the grid on the ratings held out, then learned from all of them.

    Returns its hyperparameters (a model that is not fitted) and what it learned, by name.
    """
    tried = []
    for result in grid.search(ratings.rows):
        report(result)
        tried.append(result)
    best = min(tried[1:], key=lambda each: each.rmse)
    model = SparkALSRecommender(best.rank, best.regularisation, grid.iterations, grid.seed)
    return model, _learned(ratings, grid, best)


def _learned(ratings: LoadedRatings, grid: Grid, best: Tried) -> dict[str, np.ndarray]:
    biases = learned(ratings.rows)
    training = explained(ratings.rows, biases).withColumn("residual", f.expr(RESIDUAL))
    model = grid.fit(training, best.rank, best.regularisation, "The best pair, of all ratings")
    factors = model.itemFactors.toArrow()
    vectors = np.empty((len(ratings.movie_ids), best.rank))
    learned_vectors = factors["features"].combine_chunks().flatten().to_numpy()
    vectors[np.searchsorted(ratings.movie_ids, factors["id"])] = learned_vectors.reshape(
        -1, best.rank
    )
    return {
        "mean_": np.asarray(biases.mean),
        "movie_biases_": biases.of_movies,
        "vectors_": vectors,
    }
