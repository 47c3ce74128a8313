"""The biases of models.star_predictor, by Spark: what ALS is trained on is what they leave."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, Window
from pyspark.sql import functions as f

from recommender.models.star_predictor import MOVIE_DAMPING, SWEEPS, USER_DAMPING


@dataclass(frozen=True)
class Biases:
    """How far films lie above the mean of all ratings, stars."""

    mean: float
    movie_ids: np.ndarray
    """Ascending."""
    of_movies: np.ndarray


def learned(ratings: DataFrame) -> Biases:
    """From user, movie and rating of each row; reads them once for each sweep."""
    mean = ratings.agg(f.avg("rating")).head()[0]
    biases = _of_movies(ratings.withColumn("left", f.col("rating") - mean), mean)
    for _ in range(SWEEPS - 1):
        left = f.col("above_film") - f.col("of_user") + f.col("of_movie")
        biases = _of_movies(explained(ratings, biases).withColumn("left", left), mean)
    return biases


def explained(ratings: DataFrame, biases: Biases) -> DataFrame:
    """With of_movie, above_film (what the film's bias leaves) and of_user, drawn to zero.

    Rows that come by user stay where they are.
    """
    films = ratings.sparkSession.createDataFrame(
        pa.table({"movie": biases.movie_ids, "of_movie": biases.of_movies})
    )
    above_film = f.col("rating") - biases.mean - f.col("of_movie")
    user = Window.partitionBy("user")
    of_user = f.sum("above_film").over(user) / (f.count("*").over(user) + USER_DAMPING)
    return (
        ratings.join(f.broadcast(films), "movie")
        .withColumn("above_film", above_film)
        .withColumn("of_user", of_user)
    )


def _of_movies(ratings: DataFrame, mean: float) -> Biases:
    bias = f.sum("left") / (f.count("*") + MOVIE_DAMPING)
    rows = ratings.groupBy("movie").agg(bias.alias("bias")).toArrow().sort_by("movie")
    return Biases(mean, rows["movie"].to_numpy(), rows["bias"].to_numpy())
