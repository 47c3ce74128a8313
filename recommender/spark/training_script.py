"""What the scripts that train have in common: where ratings come from, and where a model goes."""

import argparse
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from db.store.engine import available
from recommender.models.base import Recommender
from recommender.serving import artifacts
from recommender.spark import script
from recommender.spark.jdbc import is_database
from recommender.spark.spark_session import session

if TYPE_CHECKING:
    from recommender.spark.loaded_ratings import LoadedRatings

SOURCE = "recommender.spark.loaded_ratings"


@dataclass(frozen=True)
class ClusterTraining:
    """The ratings of the loaded dataset, and the folder for what is learned from them."""

    ratings: "LoadedRatings"
    output: Path

    def save(
        self, model: Recommender, learned: Mapping[str, np.ndarray], roots: tuple[str, ...]
    ) -> None:
        """Keep what was learned with a model's hyperparameters; roots: the modules that did."""
        fingerprint = self.ratings.dataset.fingerprint
        artifacts.save_learned(model, learned, fingerprint, self.output, (SOURCE, *roots))


def parser(program: str, description: str | None, key: str) -> argparse.ArgumentParser:
    """With the options that say where ratings are and where to write the model of this key."""
    made = script.parser(program, description)
    made.add_argument(
        "--output",
        type=Path,
        metavar="FOLDER",
        help="where to write (default: where Reelscope on this machine looks for it; from "
        f"elsewhere, copy the folder to models/FINGERPRINT/{key} under its REELSCOPE_HOME)",
    )
    return made


@contextmanager
def training(options: argparse.Namespace, key: str) -> Iterator[ClusterTraining]:
    """What the options of `parser` name, while Spark runs.

    Raises: LoadError where the source has not the ratings of the loaded dataset, ArtifactError
    where the folder to write is something else's, SparkError, DatabaseError.
    """
    if options.output:
        artifacts.check_replaceable(options.output)
    if is_database(options.source):
        script.use_database(options.source)
    with available(), session() as spark:
        # Only now: without Spark there is nothing to import
        from recommender.spark.loaded_ratings import LoadedRatings
        from recommender.spark.source_frames import SparkSource

        source = SparkSource(spark, options.source, dict(options.column))
        ratings = LoadedRatings.of(source)
        usual = artifacts.models_directory(ratings.dataset.fingerprint) / key
        yield ClusterTraining(ratings, options.output or usual)
