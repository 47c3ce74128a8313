"""The first questions of a dataset, found once and kept.

<home>/models/<fingerprint>/questions/     movie_ids
"""

from functools import lru_cache
from pathlib import Path

import numpy as np

from recommender.data import arrays
from recommender.data.rating_matrix import RatingMatrix
from recommender.questions.quick_start import questions
from recommender.serving.artifacts import DATASETS_KEPT, models_directory

VERSION = 1  # raise it when the same ratings give other questions


def train(matrix: RatingMatrix) -> None:
    """Find and keep the questions of a dataset where they are missing."""
    try:
        load(matrix.fingerprint)
    except arrays.ArtifactError:
        found = {"movie_ids": questions(matrix)}
        arrays.save(_directory(matrix.fingerprint), found, _identity(matrix.fingerprint))


def load(fingerprint: str) -> np.ndarray:
    """Questions as they were saved. Raises ArtifactError where there are none of this version."""
    saved, about = arrays.load(_directory(fingerprint))
    if about != _identity(fingerprint):
        raise arrays.ArtifactError(f"{_directory(fingerprint)} is another version's")
    return saved["movie_ids"]


@lru_cache(maxsize=DATASETS_KEPT)
def open_questions(fingerprint: str) -> np.ndarray:
    """Saved questions, opened once per process. Raises ArtifactError while there are none."""
    return load(fingerprint)


def _directory(fingerprint: str) -> Path:
    return models_directory(fingerprint) / "questions"


def _identity(fingerprint: str) -> dict:
    return {"version": VERSION, "fingerprint": fingerprint}
