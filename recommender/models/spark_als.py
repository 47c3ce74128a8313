"""ALS by Apache Spark, for datasets too large to train on one machine."""

import numpy as np
import pyarrow as pa

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.als import ALSRecommender
from recommender.models.base import TrainingError
from recommender.spark.spark_session import DEEP, LOCAL, SparkError, session, without_java

FEW = 1_000_000  # ratings, for which Java needs no more than it starts with
SMALL = {
    "spark.driver.memory": "512m",
    "spark.driver.extraJavaOptions": f"{DEEP} -XX:+UseSerialGC",
}
"""Java otherwise takes what memory there is before it looks for what is free."""


class SparkALSRecommender(ALSRecommender):
    """The same model as `als`, its films' vectors learned by pyspark.ml.recommendation.ALS.

    Spark scales λ by the number of ratings alone, so λ is larger than where there is a prior.
    Visitors are folded in by numpy from the films' vectors; answering needs neither Spark nor Java.
    Spark runs on two cores of this machine, or where REELSCOPE_SPARK_MASTER says ("spark://…").
    """

    label = "ALS on Spark"
    description = "The same idea as ALS, trained by Apache Spark on one machine or many."
    quick = False
    searched = True
    extras = ("pyspark==4.3.0",)
    most_ratings = 2_000_000  # they are handed over from this process

    def __init__(
        self,
        n_factors: int = 10,
        regularisation: float = 0.2,
        n_iterations: int = 8,
        random_state: int = 0,
    ):
        super().__init__(n_factors, regularisation, 0.0, n_iterations, random_state)
        del self.prior  # Spark has none

    @classmethod
    def obstacle(cls, n_ratings: int = 0) -> str | None:
        if reason := super().obstacle(n_ratings):
            return reason
        lacking = without_java()
        return f"{cls.label} can't be trained. {lacking}" if lacking else None

    def _learn_taste(self, matrix: RatingMatrix, residuals: np.ndarray) -> None:
        """vectors_ (n_movies, n_factors): of the films."""
        rows = np.repeat(np.arange(matrix.n_users, dtype=np.int32), np.diff(matrix.csr.indptr))
        ratings = pa.table({"user": rows, "item": matrix.csr.indices, "rating": residuals})
        try:
            with session(LOCAL | (SMALL if len(rows) < FEW else {})) as spark:
                films = self._fit(spark.createDataFrame(ratings))
        except SparkError as error:
            raise TrainingError(f"{self.label} can't be trained: {error}") from error
        vectors = films["features"].combine_chunks().flatten().to_numpy()
        self.vectors_ = np.empty((matrix.n_movies, self.n_factors))
        self.vectors_[films["id"].to_numpy()] = vectors.reshape(-1, self.n_factors)

    def _fit(self, ratings) -> pa.Table:
        """id and features of every film."""
        from pyspark.ml.recommendation import ALS

        als = ALS(
            rank=self.n_factors,
            regParam=self.regularisation,
            maxIter=self.n_iterations,
            seed=self.random_state,
        )
        return als.fit(ratings).itemFactors.toArrow()

    def _ridge(self, n_ratings):
        return self.regularisation * max(n_ratings, 1)  # no ratings, no taste
