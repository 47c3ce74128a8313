"""Training what is missing for the dataset that is loaded: models, their maps, and questions."""

import logging
import time
from collections.abc import Callable, Collection, Mapping
from pathlib import Path
from typing import Protocol, runtime_checkable

from db.store.engine import dataset, reading
from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.models.base import Recommender, TrainingError
from recommender.serving import artifacts, kept_intervals, kept_questions, taste_map
from recommender.serving.ratings import stored_matrix
from recommender.serving.sharing import sharing

logger = logging.getLogger(__name__)

MAP, INTERVALS, QUESTIONS = "map of ", "star intervals of ", "questions"
UNFIT = (ValueError, ArithmeticError, LookupError)  # what computing with odd ratings ends in
Report = Callable[[str, int, int], None]
"""Told what is being done now, how many steps are done and how many there are."""


@runtime_checkable
class Composed(Protocol):
    """A model made of others: what is learned for them and for it is learned once."""

    def members(self) -> dict[str, Recommender]:
        """The others, not yet fitted, by their keys in MODELS."""

    def fit_from(self, matrix: RatingMatrix, members: Mapping[str, Recommender]) -> Recommender:
        """As `fit`, of members that were fitted to the same ratings."""


def train(
    keys: Collection[str] | None = None, report: Report = lambda *_: None
) -> dict[str, float]:
    """Fit and keep the models of the current dataset that are missing or damaged, quick ones first.

    Without keys, all that can be trained here. What to ask visitors about and the first model's map
    of films follow the quick models, then comes the default; the other maps come last. Returns the
    seconds that each model took; one that was there already is left out. Raises NoDataset,
    DatabaseUnavailable, OSError where there is no room, or TrainingError, this after all the others
    have been trained. What another instance on the same database trains or has trained is taken.
    """
    report("ratings", 0, len(MODELS if keys is None else keys) + 2)
    matrix = current_matrix()
    if keys is None:
        keys = MODELS.keys() - obstacles(matrix)
    maps = (MAP + key for key in keys if key in taste_map.MAPPED)
    intervals = (INTERVALS + key for key in keys if key in kept_intervals.PREDICTORS)
    jobs = sorted([QUESTIONS, *keys, *maps, *intervals], key=_turn)
    steps = len(jobs) + 1
    seconds, failures = {}, []
    with sharing(matrix.fingerprint) as shared:
        for done, job in enumerate(jobs, start=1):
            report(job, done, steps)
            shared.obtain(directory := _directory(job, matrix.fingerprint))
            try:
                if (taken := _done(job, matrix)) is not None:
                    seconds[job] = taken
            except TrainingError as error:
                failures.append(str(error))
            except UNFIT:  # ours, and the same each time: said once, and the others go on
                logger.exception("%s fails on these ratings", job)
                failures.append(f"{job} can't be made of these ratings.")
            else:
                shared.give(directory)
    artifacts.remove_others(matrix.fingerprint)
    report("", steps, steps)
    if failures:
        raise TrainingError(" ".join(failures))
    return seconds


def _done(job: str, matrix: RatingMatrix) -> float | None:
    """Do one job where it is not done; the seconds of a model that was trained."""
    if job == QUESTIONS:
        kept_questions.train(matrix)
    elif job.startswith(MAP):
        _map_missing(job.removeprefix(MAP), matrix)
    elif job.startswith(INTERVALS):
        kept_intervals.train(job.removeprefix(INTERVALS), matrix)
    else:
        return _train_missing(job, matrix)
    return None


def _directory(job: str, fingerprint: str) -> Path:
    """Where what a job makes is kept."""
    if job == QUESTIONS:
        return kept_questions.directory(fingerprint)
    if job.startswith(MAP):
        return taste_map.directory(job.removeprefix(MAP), fingerprint)
    if job.startswith(INTERVALS):
        return kept_intervals.directory(job.removeprefix(INTERVALS), fingerprint)
    return artifacts.models_directory(fingerprint) / job


def obstacles(matrix: RatingMatrix) -> dict[str, str]:
    """Why models can't be trained here on these ratings, by key; those that can are not in it."""
    reasons = {key: model.obstacle(matrix.csr.nnz) for key, model in MODELS.items()}
    return {key: reason for key, reason in reasons.items() if reason}


def current_matrix() -> RatingMatrix:
    """The current dataset's matrix, mapped into memory; read from the database once and kept."""
    with reading() as connection:
        current = dataset(connection)
    try:
        return artifacts.load_matrix(current.fingerprint)
    except ArtifactError:
        matrix = stored_matrix()
        artifacts.save_matrix(matrix, current.name)
        return artifacts.load_matrix(matrix.fingerprint)


def _turn(job: str) -> tuple[int, int]:
    """Quick models, questions, the first map, the default, slow models, the other maps.

    What is learned of a model's errors follows the questions where the model is quick, and the slow
    models where it is not.
    """
    if job == QUESTIONS:
        return 1, -1
    key = job.removeprefix(MAP).removeprefix(INTERVALS)
    quick = MODELS[key].quick
    if job.startswith(MAP):
        turn = 1 if key == taste_map.MAPPED[0] else 4
    elif job.startswith(INTERVALS):
        turn = 1 if quick else 3
    else:
        turn = 0 if quick else 2 if key == DEFAULT_MODEL else 3
    return turn, list(MODELS).index(key)


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
        artifacts.save(_fitted(MODELS[key](), matrix), directory)
        return time.perf_counter() - start
    return None


def _fitted(model: Recommender, matrix: RatingMatrix) -> Recommender:
    if not isinstance(model, Composed):
        return model.fit(matrix)
    return model.fit_from(
        matrix, {key: _member(key, each, matrix) for key, each in model.members().items()}
    )


def _member(key: str, member: Recommender, matrix: RatingMatrix) -> Recommender:
    """As kept or, where it is missing, kept now; with hyperparameters of its own, not kept."""
    if member.parameters() != MODELS[key]().parameters():
        return member.fit(matrix)
    _train_missing(key, matrix)
    return artifacts.load(key, matrix, artifacts.models_directory(matrix.fingerprint))


def _map_missing(key: str, matrix: RatingMatrix) -> None:
    """Make and keep a trained model's map where it is missing; a model that failed has none."""
    try:
        taste_map.load(key, matrix.fingerprint)
    except ArtifactError:
        directory = artifacts.models_directory(matrix.fingerprint)
        try:
            model = artifacts.load(key, matrix, directory)
        except ArtifactError:
            return
        taste_map.save(taste_map.TasteMap.of(model), key, matrix.fingerprint)
