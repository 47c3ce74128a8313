"""Train ALS by Spark, for Reelscope to answer with as the model `spark-als`.

    spark-submit --jars postgresql.jar recommender/spark/train_als.py --source postgresql://me@host/db
    spark-submit recommender/spark/train_als.py --source ratings.parquet --rank 10 20 --output DIR

Each pair of --rank and --regularisation is tried on ratings held out; the best is trained on all.
The source must be what Reelscope has loaded: in the database that is the source, else in the one
that DATABASE_URL names, else in the embedded one.
"""

import argparse
import sys
from pathlib import Path

import numpy as np
from sqlalchemy import text

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # spark-submit runs this as a file

from db.store.datasets import Dataset
from db.store.engine import available, dataset, reading
from recommender.models.spark_als import SparkALSRecommender
from recommender.serving import artifacts
from recommender.spark import script
from recommender.spark.jdbc import is_database
from recommender.spark.spark_session import session

PROGRAM = "train_als.py"
MODEL = SparkALSRecommender()
LEARNED_BY = ("recommender.spark.learning",)
FILMS = text("select distinct movie_id from ratings order by movie_id")


def main(arguments: list[str] | None = None) -> int:
    """Run the script: 0, or 1 where it can't be done."""
    parser = script.parser(PROGRAM, __doc__)
    parser.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help="where to write (default: where Reelscope on this machine looks for it; from "
        "elsewhere, copy the folder to models/FINGERPRINT/spark-als under its REELSCOPE_HOME)",
    )
    parser.add_argument("--rank", type=int, nargs="+", default=[MODEL.n_factors])
    parser.add_argument(
        "--regularisation", type=float, nargs="+", default=[0.1, MODEL.regularisation]
    )
    parser.add_argument("--iterations", type=int, default=MODEL.n_iterations)
    parser.add_argument("--seed", type=int, default=MODEL.random_state)
    return script.run(PROGRAM, _run, parser.parse_args(arguments))


def _run(options: argparse.Namespace) -> None:
    if is_database(options.source):
        script.use_database(options.source)
    with available(), session() as spark:
        # Only now: without Spark there is nothing to import
        from recommender.spark import learning
        from recommender.spark.hyperparameters import Grid
        from recommender.spark.source_frames import SparkSource

        current, films = _loaded()
        output = options.output or artifacts.models_directory(current.fingerprint) / "spark-als"
        artifacts.check_replaceable(output)
        source = SparkSource(spark, options.source, dict(options.column))
        ratings = learning.usable(source.ratings(), source.partitions)
        learning.check(ratings, current)
        grid = Grid(options.rank, options.regularisation, options.iterations, options.seed)
        print("rank  regularisation  RMSE on ratings held out (stars)")
        model, learned = learning.train(ratings, learning.Films(films), grid, _report)
    artifacts.save_learned(model, learned, current.fingerprint, output, LEARNED_BY)
    print(f"Trained rank {model.n_factors}, regularisation {model.regularisation:g}: {output}")


def _loaded() -> tuple[Dataset, np.ndarray]:
    """The dataset that the model will answer for, and its rated films."""
    with reading() as connection:
        connection.execute(text("set local statement_timeout = 0"))
        return dataset(connection), np.array(connection.scalars(FILMS).all())


def _report(tried) -> None:
    name = f"{tried.rank:4}  {tried.regularisation:14g}" if tried.rank else f"{'biases alone':20}"
    print(f"{name}  {tried.rmse:.4f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
