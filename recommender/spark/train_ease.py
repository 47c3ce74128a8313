"""Train EASE by Spark, for Reelscope to answer with as the model `ease`.

    spark-submit --jars postgresql.jar recommender/spark/train_ease.py --source postgresql://me@host/db
    spark-submit recommender/spark/train_ease.py --source ratings.parquet --output DIR

The cluster adds up the products of the most rated films' ratings, which are all that EASE needs of
them (Steck, 2019, “Embarrassingly Shallow Autoencoders for Sparse Data”); this machine solves for
the weights, as it would without Spark. The source must be what Reelscope has loaded: in the
database that is the source, else in the one that DATABASE_URL names, else in the embedded one.
"""

import argparse
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # spark-submit runs this as a file

from recommender.data.rating_matrix import most_rated
from recommender.models.ease import EASERecommender
from recommender.spark import script, training_script

PROGRAM = "train_ease.py"
KEY = "ease"
LEARNED_BY = ("recommender.spark.product_sums",)
HALF_STARS = np.arange(11)


def main(arguments: list[str] | None = None) -> int:
    """Run the script: 0, or 1 where it can't be done.

    There are no hyperparameters to choose: the weights are those that are learned without Spark, by
    the same code from the same sums, so what is kept is the artifact of `ease` itself, which the
    page answers with and nothing trains again; of others it would be another model's.
    """
    parser = training_script.parser(PROGRAM, __doc__, KEY)
    return script.run(PROGRAM, _run, parser.parse_args(arguments))


def _run(options: argparse.Namespace) -> None:
    model = EASERecommender()
    with training_script.training(options, KEY) as training:
        # Only now: without Spark there is nothing to import
        from recommender.spark.product_sums import product_sums

        movie_ids, counts = training.ratings.movie_ids, training.ratings.counts
        films = np.sort(most_rated(counts)[: model.max_movies])
        signals = model.signal(HALF_STARS / 2)
        sums = product_sums(training.ratings.rows, movie_ids[films], signals)
        weights = model.weights_of(len(films), sums)
    training.save(model, {"films_": films, "weights_": weights}, LEARNED_BY)
    print(f"Trained on {len(films):,} films: {training.output}")


if __name__ == "__main__":
    sys.exit(main())
