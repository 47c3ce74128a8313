"""XᵀX of ratings on a cluster, in the blocks of `gram_matrix.products`.

XᵀX is the sum over the users of the products of each one's ratings. So users are spread over the
cluster, each task adds up what its users give, and the tasks' sums are added up on the driver's
behalf: so does Spark's RowMatrix (Bosagh Zadeh et al., 2016, “Matrix Computations and Optimization
in Apache Spark”), which merges whole dense matrices in a tree. Here a shuffle brings the sums of a
block of films to one place, and nobody but the driver ever holds all.

Of n films, a task holds 4 bytes for each of the n²/2 pairs on the diagonal and below it, beside the
ratings of one partition, and sends as much: 50 MB at 5,000 films, 3 GB of 64 tasks, however many
the ratings are. Of blocks, each at most 5 MB, tasks then hold their share of the sum, 8 bytes a
pair, and the driver gets one share at a time. Where stars are halves, a task's sums are exact up to
4 million (2²⁴ quarters), then to float32.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema
from scipy import sparse

from recommender.data.gram_matrix import BLOCK, products
from recommender.spark.code_shipped import ship
from recommender.spark.partitions import Part, parts

TASKS = 64  # at most, or as many as there are cores: executors may come when there is work

SUMS = pa.schema({"place": pa.int32(), "products": pa.binary()})
"""A block: where it begins, and its float32 or float64, row by row."""


def product_sums(
    ratings: DataFrame, movie_ids: np.ndarray, signals: np.ndarray
) -> Iterator[tuple[int, np.ndarray]]:
    """The blocks of XᵀX, float64, of X (n_users, n) that has these n films.

    ratings: user, movie, rating, all of a user's in one partition. movie_ids (n,): ascending.
    signals (11,): what X holds for so many half stars; other films' ratings have no part in it.
    """
    ship(ratings.sparkSession)
    cores = ratings.sparkSession.sparkContext.defaultParallelism
    rows = ratings.withColumn("part", f.spark_partition_id()).coalesce(max(TASKS, cores))
    schema, n = from_arrow_schema(SUMS), len(movie_ids)
    of_tasks = rows.mapInArrow(_Products(movie_ids, signals), schema)
    shares = min(cores, -(-n // BLOCK))  # each is fetched by a job of its own
    blocks = of_tasks.repartition(shares, "place").mapInArrow(_added, schema)
    for row in blocks.toLocalIterator():
        yield row["place"], np.frombuffer(row["products"]).reshape(n - row["place"], -1)


class _Products:
    """A task's work: the sums of what its partitions give."""

    def __init__(self, movie_ids: np.ndarray, signals: np.ndarray) -> None:
        self.movie_ids, self.signals = movie_ids, signals.astype(np.float32)

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        sums: dict[int, np.ndarray] = {}
        for part in parts(batches):
            for place, block in products(self._matrix(part)):
                sums[place] = sums[place] + block if place in sums else block
        return _batches(sums)

    def _matrix(self, part: Part) -> sparse.csc_array:
        """X of the partition's users."""
        ratings = part.columns("user", "movie", "rating")
        places = np.searchsorted(self.movie_ids, ratings["movie"]).clip(max=len(self.movie_ids) - 1)
        known = self.movie_ids[places] == ratings["movie"]
        users = np.unique(ratings["user"], return_inverse=True)[1]
        signals = self.signals[(ratings["rating"][known] * 2).astype(int)]
        shape = int(users.max()) + 1, len(self.movie_ids)
        return sparse.csc_array((signals, (users[known], places[known])), shape=shape)


def _added(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """The sums of the blocks that begin at the same film."""
    sums: dict[int, np.ndarray] = {}
    for batch in batches:
        for place, block in zip(batch["place"].to_pylist(), batch["products"], strict=True):
            found = np.frombuffer(block.as_buffer(), np.float32)
            sums[place] = sums.get(place, 0.0) + found.astype(float)
    return _batches(sums)


def _batches(sums: dict[int, np.ndarray]) -> Iterator[pa.RecordBatch]:
    """One block at a time."""
    for place in sorted(sums):
        yield pa.RecordBatch.from_pydict(
            {"place": [place], "products": [sums[place].tobytes()]}, SUMS
        )
