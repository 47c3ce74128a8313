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

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # spark-submit runs this as a file

from recommender.models.spark_als import SparkALSRecommender
from recommender.spark import script, training_script

PROGRAM = "train_als.py"
KEY = "spark-als"
MODEL = SparkALSRecommender()
LEARNED_BY = ("recommender.spark.learning",)


def main(arguments: list[str] | None = None) -> int:
    """Run the script: 0, or 1 where it can't be done."""
    parser = training_script.parser(PROGRAM, __doc__, KEY)
    parser.add_argument("--rank", type=int, nargs="+", default=[MODEL.n_factors])
    parser.add_argument(
        "--regularisation", type=float, nargs="+", default=[0.1, MODEL.regularisation]
    )
    parser.add_argument("--iterations", type=int, default=MODEL.n_iterations)
    parser.add_argument("--seed", type=int, default=MODEL.random_state)
    return script.run(PROGRAM, _run, parser.parse_args(arguments))


def _run(options: argparse.Namespace) -> None:
    with training_script.training(options, KEY) as training:
        # Only now: without Spark there is nothing to import
        from recommender.spark import learning
        from recommender.spark.hyperparameters import Grid

        grid = Grid(options.rank, options.regularisation, options.iterations, options.seed)
        print("rank  regularisation  RMSE on ratings held out (stars)")
        model, learned = learning.train(training.ratings, grid, _report)
    training.save(model, learned, LEARNED_BY)
    print(
        f"Trained rank {model.n_factors}, regularisation {model.regularisation:g}:"
        f" {training.output}"
    )


def _report(tried) -> None:
    name = f"{tried.rank:4}  {tried.regularisation:14g}" if tried.rank else f"{'biases alone':20}"
    print(f"{name}  {tried.rmse:.4f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
