"""What models of implicit feedback are given: which films somebody rated well enough."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Profile


def positives(matrix: RatingMatrix, least: float) -> sparse.csr_matrix:
    """1 where a user gave `least` stars or more (n_users, n_movies), float32."""
    return _ones(sparse.csr_matrix(matrix.csr, dtype=np.float32, copy=True), least)


def positives_of(
    columns: np.ndarray, stars: np.ndarray, n_movies: int, least: float
) -> sparse.csr_matrix:
    """The same of one visitor (1, n_movies)."""
    row = (np.asarray(stars, np.float32), (np.zeros(len(columns), np.int32), columns))
    return _ones(sparse.csr_matrix(row, shape=(1, n_movies)), least)


def positives_with(
    matrix: RatingMatrix, profiles: Sequence[Profile], least: float
) -> sparse.csr_matrix:
    """All users', and below them a row for each profile."""
    rows = [
        positives_of(matrix.columns(each), np.array([*each.values()]), matrix.n_movies, least)
        for each in profiles
    ]
    stacked = sparse.vstack([positives(matrix, least), *rows])
    return sparse.csr_matrix(stacked, dtype=np.float32)


def _ones(stars: sparse.csr_matrix, least: float) -> sparse.csr_matrix:
    stars.data = (stars.data >= least).astype(np.float32)
    stars.eliminate_zeros()
    return stars
