"""The intervals around predicted stars of a dataset, learned once and kept.

<home>/models/<fingerprint>/stars-<key>/     answers, levels, low, high
"""

from functools import lru_cache
from pathlib import Path
from typing import cast

from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import MODELS
from recommender.models.star_intervals import StarIntervals
from recommender.models.star_predictor import StarPredictor
from recommender.serving.artifacts import DATASETS_KEPT, models_directory
from recommender.serving.provenance import keep, open_kept, roots_of

PREDICTORS = ("stack", "bayesian-fm", "als", "bias")
"""The models that say what a visitor would give, the best by RMSE first (benchmarks/RESULTS.md)."""


def train(key: str, matrix: RatingMatrix) -> None:
    """Learn and keep the intervals of a model where they are missing; none of too few ratings."""
    try:
        load(key, matrix.fingerprint)
    except ArtifactError:
        kind = cast(type[StarPredictor], MODELS[key])
        if (learned := StarIntervals.learn(kind, matrix)) is not None:
            about = _about(key, matrix.fingerprint)
            keep(directory(key, matrix.fingerprint), vars(learned), about, _roots(key))


def load(key: str, fingerprint: str) -> StarIntervals:
    """Intervals as they were saved. Raises ArtifactError where today's code has made none."""
    about = _about(key, fingerprint)
    return StarIntervals(**open_kept(directory(key, fingerprint), about, _roots(key)))


@lru_cache(maxsize=DATASETS_KEPT * len(PREDICTORS))
def open_intervals(key: str, fingerprint: str) -> StarIntervals:
    """Saved intervals, opened once per process. Raises ArtifactError while there are none."""
    return load(key, fingerprint)


def directory(key: str, fingerprint: str) -> Path:
    return models_directory(fingerprint) / f"stars-{key}"


def _about(key: str, fingerprint: str) -> dict:
    return {"model": key, "fingerprint": fingerprint, "parameters": MODELS[key]().parameters()}


def _roots(key: str) -> tuple[str, ...]:
    return (*roots_of(MODELS[key]), StarIntervals.__module__)
