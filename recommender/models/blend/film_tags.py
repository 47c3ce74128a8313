"""Tags that say what kind of film it is."""

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix

FEWEST_FILMS, FEWEST_USERS = 5, 2  # with and of a tag: less is someone's own note


def tag_flags(matrix: RatingMatrix) -> sparse.csr_array:
    """Ones where a film (row) was ever given a tag that is much enough used (column)."""
    tags = matrix.tags
    films = matrix.columns(tags.movie_ids)
    given = np.unique(np.column_stack([films, tags.codes])[films >= 0], axis=0)
    users = np.unique(np.column_stack([tags.user_ids, tags.codes]), axis=0)
    enough = _uses(given, tags.names) >= FEWEST_FILMS
    enough &= _uses(users, tags.names) >= FEWEST_USERS
    shape = (matrix.n_movies, len(tags.names))
    flags = sparse.csr_array((np.ones(len(given)), (given[:, 0], given[:, 1])), shape=shape)
    return flags[:, np.flatnonzero(enough)]


def _uses(pairs: np.ndarray, names: list[str]) -> np.ndarray:
    return np.bincount(pairs[:, 1], minlength=len(names))


def flags_of(tags: np.ndarray, starts: np.ndarray) -> sparse.csr_array:
    """tag_flags from their columns and where each film's start."""
    shape = (len(starts) - 1, int(tags.max(initial=0)) + 1)
    return sparse.csr_array((np.ones(len(tags)), tags, starts), shape=shape)
