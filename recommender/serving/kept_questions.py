"""The first questions of a dataset, found once and kept.

<home>/models/<fingerprint>/questions/     movie_ids
"""

from functools import lru_cache
from pathlib import Path

import numpy as np

from recommender.data.arrays import ArtifactError
from recommender.data.rating_matrix import RatingMatrix
from recommender.questions.quick_start import questions
from recommender.serving.artifacts import DATASETS_KEPT, models_directory
from recommender.serving.provenance import RATINGS, keep, open_kept

ROOTS = (questions.__module__, *RATINGS)


def train(matrix: RatingMatrix) -> None:
    """Find and keep the questions of a dataset where they are missing."""
    try:
        load(matrix.fingerprint)
    except ArtifactError:
        found, about = {"movie_ids": questions(matrix)}, {"fingerprint": matrix.fingerprint}
        keep(directory(matrix.fingerprint), found, about, ROOTS)


def load(fingerprint: str) -> np.ndarray:
    """Questions as they were saved. Raises ArtifactError where today's code has not made any."""
    about = {"fingerprint": fingerprint}
    return open_kept(directory(fingerprint), about, ROOTS)["movie_ids"]


@lru_cache(maxsize=DATASETS_KEPT)
def open_questions(fingerprint: str) -> np.ndarray:
    """Saved questions, opened once per process. Raises ArtifactError while there are none."""
    return load(fingerprint)


def directory(fingerprint: str) -> Path:
    return models_directory(fingerprint) / "questions"
