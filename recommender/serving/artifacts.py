"""What training leaves behind: the rating matrix and each model's arrays, by dataset.

<home>/models/<fingerprint>/ratings/       RatingMatrix
<home>/models/<fingerprint>/dataset/       the dataset's name, and what made the matrix
<home>/models/<fingerprint>/<key>/         what a model learned

A model is answered with while it is what today's code would learn from the dataset: with the same
hyperparameters, by the same source and libraries (provenance.py).
"""

import shutil
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import numpy as np

from db.home import home
from recommender.data import arrays
from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import MODELS
from recommender.models.base import Recommender
from recommender.serving.provenance import RATINGS, keep, open_kept, roots_of

DATASETS_KEPT = 2  # the current one and the one before, which a worker may still be answering with


def models_directory(fingerprint: str) -> Path:
    """Where the artifacts of a dataset are, whether or not there are any yet."""
    return home() / "models" / fingerprint


def matrix_directory(fingerprint: str) -> Path:
    """Where the rating matrix of a dataset is kept."""
    return models_directory(fingerprint) / "ratings"


def save_matrix(matrix: RatingMatrix, name: str) -> None:
    """Keep the rating matrix of the dataset of this name. First the matrix, then who made it."""
    matrix.save(matrix_directory(matrix.fingerprint))
    keep(_dataset_directory(matrix.fingerprint), {}, {"name": name}, RATINGS)


def load_matrix(fingerprint: str) -> RatingMatrix:
    """The rating matrix of a dataset, memory-mapped, if today's code would make the same.

    Raises ArtifactError.
    """
    open_kept(_dataset_directory(fingerprint), {"name": dataset_name(fingerprint)}, RATINGS)
    return RatingMatrix.load(matrix_directory(fingerprint))


def dataset_name(fingerprint: str) -> str:
    """What the dataset was called when its matrix was kept. Raises ArtifactError."""
    return str(arrays.described(_dataset_directory(fingerprint)).get("name"))


def save(model: Recommender, directory: Path) -> None:
    """Keep what a fitted model learned in <directory>/<key>, atomically."""
    learned = {name: getattr(model, name) for name in model.learned}
    save_learned(model, learned, model.matrix_.fingerprint, directory / key_of(model))


def save_learned(
    model: Recommender,
    learned: Mapping[str, np.ndarray],
    fingerprint: str,
    directory: Path,
    roots: tuple[str, ...] = (),
) -> None:
    """Keep what was learned with a model's hyperparameters from a dataset, atomically.

    roots: modules that learned it beside the model's own.
    """
    roots, extras = (*roots_of(type(model)), *roots), tuple(map(_name, model.extras))
    keep(directory, learned, _identity(model, fingerprint), roots, extras)


def check_replaceable(directory: Path) -> None:
    """Raises ArtifactError where saving there would delete something that is no artifact."""
    if directory.exists() and not (directory / arrays.MANIFEST).exists():
        raise ArtifactError(f"{directory} is there already and is no trained model; name a new one")


def load(key: str, matrix: RatingMatrix, directory: Path) -> Recommender:
    """A model as it was saved, with its arrays memory-mapped.

    Raises ArtifactError where there is none for these ratings and hyperparameters, where today's
    code or libraries would learn another, or it is damaged.
    """
    kind = MODELS[key]
    model = _as_described(key, arrays.described(directory / key)) if kind.searched else kind()
    learned = open_kept(
        *(directory / key, _identity(model, matrix.fingerprint), roots_of(kind)),
        any_versions=kind.searched,  # it may have been searched for on other machines
    )
    if set(learned) != set(model.learned):
        raise ArtifactError(f"{directory / key} lacks some of {', '.join(model.learned)}")
    for name, array in learned.items():
        setattr(model, name, array)
    model.matrix_ = matrix
    return model


def available(fingerprint: str) -> list[str]:
    """Keys of the models that have been trained on a dataset, in the order of MODELS."""
    directory = models_directory(fingerprint)
    return [key for key in MODELS if (directory / key / arrays.MANIFEST).exists()]


def trained_at(fingerprint: str) -> dict[str, float]:
    """When each available model was trained, in seconds since 1970."""
    directory = models_directory(fingerprint)
    return {key: _changed(directory / key / arrays.MANIFEST) for key in available(fingerprint)}


@lru_cache(maxsize=DATASETS_KEPT)
def open_matrix(fingerprint: str) -> RatingMatrix:
    """The saved matrix of a dataset, opened once per process. Raises ArtifactError."""
    return load_matrix(fingerprint)


@lru_cache(maxsize=DATASETS_KEPT * len(MODELS))
def open_model(key: str, fingerprint: str) -> Recommender:
    """A trained model, opened once per process. Raises ArtifactError while there is none."""
    return load(key, open_matrix(fingerprint), models_directory(fingerprint))


def remove_others(fingerprint: str) -> None:
    """Delete the artifacts of all datasets but this one and the one trained last beside it.

    And what killed writers left behind.
    """
    gone = [models_directory(other) for other in others(fingerprint)[DATASETS_KEPT - 1 :]]
    for path in gone + arrays.leftovers(models_directory(fingerprint)):
        shutil.rmtree(path, ignore_errors=True)


def others(fingerprint: str) -> list[str]:
    """The other datasets that there are artifacts of, the one trained last first."""
    every = [path for path in (home() / "models").glob("*") if path.name != fingerprint]
    return [path.name for path in sorted(every, key=_changed, reverse=True)]


def key_of(model: Recommender) -> str:
    """The key under which MODELS lists the model."""
    return next(key for key, kind in MODELS.items() if kind is type(model))


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except FileNotFoundError:  # deleted meanwhile
        return 0.0


def _dataset_directory(fingerprint: str) -> Path:
    return models_directory(fingerprint) / "dataset"


def _as_described(key: str, about: Mapping) -> Recommender:
    """With the hyperparameters of the artifact, as a search may have found other than ours."""
    try:
        return MODELS[key](**about["parameters"])
    except (KeyError, TypeError) as error:
        raise ArtifactError(f"the artifact of {key} says nothing useful: {error}") from error


def _identity(model: Recommender, fingerprint: str) -> dict:
    """Which model this is, and of which ratings."""
    return {
        "model": key_of(model),
        "fingerprint": fingerprint,
        "parameters": model.parameters(),
    }


def _name(pin: str) -> str:
    """Of a package that is pinned."""
    return pin.partition("==")[0]
