"""Training what is missing for the dataset that is loaded: models, and what to ask first."""

import time
from collections.abc import Callable, Collection

from db.engine import dataset, reading
from recommender import artifacts, questions
from recommender.arrays import ArtifactError
from recommender.base import Recommender, TrainingError
from recommender.models import MODELS
from recommender.ratings import RatingMatrix

Report = Callable[[str, int, int], None]
"""Told what is being done now, how many steps are done and how many there are."""


def train(
    keys: Collection[str] | None = None, report: Report = lambda *_: None
) -> dict[str, float]:
    """Fit and keep the models of the current dataset that are missing or damaged, quick ones first.

    Without keys, all that can be trained here. What to ask visitors about is found before all else.
    Returns the seconds that each model took; one that was there already is left out. Raises
    NoDataset, DatabaseUnavailable, OSError where there is no room, or TrainingError, this after all
    the others have been trained.
    """
    report("ratings", 0, len(MODELS if keys is None else keys) + 1)
    matrix = current_matrix()
    if keys is None:
        keys = MODELS.keys() - obstacles(matrix)
    questions.train(matrix)
    steps = len(keys) + 1
    seconds, failures = {}, []
    for done, key in enumerate(sorted(keys, key=_turn), start=1):
        report(key, done, steps)
        try:
            if (taken := _train_missing(key, matrix)) is not None:
                seconds[key] = taken
        except TrainingError as error:
            failures.append(str(error))
    artifacts.remove_others(matrix.fingerprint)
    report("", steps, steps)
    if failures:
        raise TrainingError(" ".join(failures))
    return seconds


def obstacles(matrix: RatingMatrix) -> dict[str, str]:
    """Why models can't be trained here on these ratings, by key; those that can are not in it."""
    reasons = {key: model.obstacle(matrix.csr.nnz) for key, model in MODELS.items()}
    return {key: reason for key, reason in reasons.items() if reason}


def current_matrix() -> RatingMatrix:
    """The current dataset's matrix, mapped into memory; read from the database once and kept."""
    with reading() as connection:
        fingerprint = dataset(connection).fingerprint
    try:
        return RatingMatrix.load(artifacts.matrix_directory(fingerprint))
    except ArtifactError:
        matrix = RatingMatrix.from_database()
        matrix.save(artifacts.matrix_directory(matrix.fingerprint))
        return RatingMatrix.load(artifacts.matrix_directory(matrix.fingerprint))


def _turn(key: str) -> tuple[bool, int]:
    """Quick models first, then in the order of MODELS."""
    return not MODELS[key].quick, list(MODELS).index(key)


def trained(key: str) -> Recommender | None:
    """A model of the current dataset; if missing, a quick one is trained, a slow one is None."""
    matrix = current_matrix()
    if MODELS[key].quick:
        _train_missing(key, matrix)
    try:
        return artifacts.load(key, matrix, artifacts.models_directory(matrix.fingerprint))
    except ArtifactError:
        return None


def _train_missing(key: str, matrix: RatingMatrix) -> float | None:
    """Seconds to fit and keep a model; None where it was there."""
    directory = artifacts.models_directory(matrix.fingerprint)
    try:
        artifacts.load(key, matrix, directory)
    except ArtifactError:
        start = time.perf_counter()
        artifacts.save(MODELS[key]().fit(matrix), directory)
        return time.perf_counter() - start
    return None
