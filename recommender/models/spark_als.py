"""ALS by Apache Spark, for datasets too large to train on one machine."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import numpy as np
import pyarrow as pa

from recommender.base import TrainingError
from recommender.models.als import ALSRecommender
from recommender.ratings import RatingMatrix

MASTER = "REELSCOPE_SPARK_MASTER"  # environment variable: where Spark runs
NO_JAVA = (
    "ALS on Spark needs Java 17 or later to train; "
    "on Debian, install it with: apt-get install openjdk-17-jre-headless"
)
DEEP = "-Xss16m"  # every iteration nests the plan deeper, and the default stack ends near 20
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.memory": "4g",
    "spark.driver.extraJavaOptions": DEEP,
    "spark.executor.extraJavaOptions": DEEP,
    "spark.sql.shuffle.partitions": "4",
}


class SparkALSRecommender(ALSRecommender):
    """The same model as `als`, its films' vectors learned by pyspark.ml.recommendation.ALS.

    Spark scales λ by the number of ratings alone, so λ is larger than where there is a prior.
    Visitors are folded in by numpy from the films' vectors; answering needs neither Spark nor Java.
    Spark runs on two cores of this machine, or where REELSCOPE_SPARK_MASTER says ("spark://…").
    """

    label = "ALS on Spark"
    description = "The same idea as ALS, trained by Apache Spark on one machine or many."
    quick = False
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
        has_java = shutil.which("java") or os.environ.get("JAVA_HOME")
        return None if has_java else NO_JAVA

    def _learn_taste(self, matrix: RatingMatrix, residuals: np.ndarray) -> None:
        """vectors_ (n_movies, n_factors): of the films."""
        rows = np.repeat(np.arange(matrix.n_users, dtype=np.int32), np.diff(matrix.csr.indptr))
        ratings = pa.table({"user": rows, "item": matrix.csr.indices, "rating": residuals})
        with spark() as session:
            films = self._fit(session.createDataFrame(ratings))
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


@contextmanager
def spark() -> Iterator:
    """A session for one training. Raises TrainingError with one line where Spark fails."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.appName("Reelscope").master(os.environ.get(MASTER, "local[2]"))
    session = None
    try:
        session = builder.config(map=SETTINGS).getOrCreate()
        session.sparkContext.setLogLevel("OFF")
        yield session
    except (PySparkException, Py4JError) as error:
        raise TrainingError(f"ALS on Spark can't be trained: {_first_line(error)}") from error
    finally:
        with suppress(Py4JError, OSError):  # where Java is gone, there is nothing to stop
            if session is not None:
                session.stop()


def _first_line(error: Exception) -> str:
    try:
        return str(error).strip().splitlines()[0]
    except Exception:  # an error of Java's asks Java for its text, which may be gone
        return "its Java process ended."
