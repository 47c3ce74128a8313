"""The search for ALS' hyperparameters: each pair is trained on nine ratings of ten."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from pyspark.ml.recommendation import ALS, ALSModel
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as f

from recommender.data.rating_matrix import HIGHEST, LOWEST
from recommender.spark.biases import explained, learned
from recommender.spark.fit_progress import watched

HELD_OUT = 10  # one rating in so many
RESIDUAL = "above_film - of_user"


@dataclass(frozen=True)
class Tried:
    """A pair of hyperparameters, and how far its predictions are from the ratings held out."""

    rank: int
    regularisation: float
    rmse: float
    """Stars."""


@dataclass(frozen=True)
class Grid:
    """What to try, and how to train."""

    ranks: Sequence[int]
    regularisations: Sequence[float]
    iterations: int
    seed: int

    def __iter__(self) -> Iterator[tuple[int, float]]:
        return product(self.ranks, self.regularisations)

    def fit(self, rows: DataFrame, rank: int, regularisation: float, what: str) -> ALSModel:
        """Trained on user, movie, residual; `what` it is, for whoever waits."""
        with watched(rows.sparkSession.sparkContext, what, self.iterations):
            return self._als(rank, regularisation).fit(rows)

    def _als(self, rank: int, regularisation: float) -> ALS:
        return ALS(
            rank=rank,
            regParam=regularisation,
            maxIter=self.iterations,
            seed=self.seed,
            userCol="user",
            itemCol="movie",
            ratingCol="residual",
        )

    def search(self, ratings: DataFrame) -> Iterator[Tried]:
        """Each pair as it is tried; the first has rank 0: what biases alone predict.

        ratings: user, movie, rating; which are held out depends on the seed and on them alone.
        """
        held_out = f.pmod(f.xxhash64("user", "movie", f.lit(self.seed)), f.lit(HELD_OUT)) == 0
        kept = ratings.where(~held_out)
        biases = learned(kept)
        rows = explained(kept, biases)
        training = rows.withColumn("residual", f.expr(RESIDUAL)).persist()
        users = training.groupBy("user").agg(f.first("of_user").alias("of_user"))
        films = training.groupBy("movie").agg(f.first("of_movie").alias("of_movie"))
        known = f.coalesce("of_user", f.lit(0.0)) + f.coalesce("of_movie", f.lit(0.0)) + biases.mean
        tests = ratings.where(held_out).join(users, "user", "left").join(films, "movie", "left")
        tests = tests.withColumn("known", known).persist()
        yield Tried(0, 0.0, _rmse(tests, f.col("known")))
        pairs = list(self)
        for number, (rank, regularisation) in enumerate(pairs, 1):
            named = f"rank {rank}, regularisation {regularisation:g}"
            what = f"Pair {number} of {len(pairs)}, {named}"
            model = self.fit(training, rank, regularisation, what)
            yield Tried(rank, regularisation, _rmse(*_predicted(model, tests)))
        training.unpersist()
        tests.unpersist()


def _predicted(model: ALSModel, tests: DataFrame) -> tuple[DataFrame, Column]:
    """Users and films that the training did not see have no taste."""
    return model.transform(tests), f.col("known") + f.nanvl("prediction", f.lit(0.0))


def _rmse(tests: DataFrame, predicted: Column) -> float:
    stars = f.least(f.greatest(predicted, f.lit(LOWEST)), f.lit(HIGHEST))
    return tests.agg(f.sqrt(f.avg((stars - f.col("rating")) ** 2))).head()[0]
