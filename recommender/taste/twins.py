"""Users who rate most like somebody: what both rated, and what they love that is unseen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Profile

MOST_RATINGS = 5_000_000  # that are looked at: those of the person's least rated films first
TRUST = 10  # films in common that halve the doubt in a likeness
FEWEST = 3  # films in common
LOVED = 4.5  # stars
NAMED = 6  # films that are named of each kind


@dataclass(frozen=True)
class Twin:
    """A user. likeness: -1 to 1. common: how many films both rated; apart: mean distance, stars.

    shared: films that both gave at least four stars; unseen: films that the twin loves and that the
    person has not rated. Both as (movie_id, the twin's stars), the best first.
    """

    user_id: int
    likeness: float
    common: int
    apart: float
    shared: tuple[tuple[int, float], ...]
    unseen: tuple[tuple[int, float], ...]


def twins(
    matrix: RatingMatrix, profile: Profile, n: int = 5, without: int | None = None
) -> list[Twin]:
    """The n users most like a profile, the most alike first; fewer where fewer are alike at all.

    Likeness is the cosine of what both gave above or below each film's average, over the films that
    both rated, times common / (common + 10), so that a few films in common prove little.
    without: a user who is left out, as the profile is theirs.
    """
    columns, stars = _known(matrix, profile)
    columns, stars = _told_apart(matrix, columns, stars)
    if len(columns) < FEWEST:
        return []
    likeness, common, apart = _likeness(matrix, columns, stars)
    likeness[common < FEWEST] = 0
    if without is not None:
        likeness[np.isin(matrix.user_ids, [without])] = 0
    nearest = np.argsort(-likeness, kind="stable")[:n]
    return [
        _twin(matrix, profile, int(row), float(likeness[row]), int(common[row]), float(apart[row]))
        for row in nearest
        if likeness[row] > 0
    ]


def _known(matrix: RatingMatrix, profile: Profile) -> tuple[np.ndarray, np.ndarray]:
    columns = matrix.columns(profile)
    stars = np.array(list(profile.values()), float)
    return columns[columns >= 0], stars[columns >= 0]


def _told_apart(
    matrix: RatingMatrix, columns: np.ndarray, stars: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """The films by which users are told apart best, as many as can be looked at."""
    order = np.argsort(matrix.counts[columns], kind="stable")
    fits = np.cumsum(matrix.counts[columns][order]) <= MOST_RATINGS
    kept = order[fits]
    return columns[kept], stars[kept]


def _likeness(
    matrix: RatingMatrix, columns: np.ndarray, stars: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Likeness, films in common and mean distance, by user (n_users,)."""
    csc = matrix.csc
    product, own, theirs, common, apart = np.zeros((5, matrix.n_users))
    for column, given in zip(columns, stars, strict=True):
        ratings = slice(csc.indptr[column], csc.indptr[column + 1])
        users, others = csc.indices[ratings], csc.data[ratings].astype(float)
        mine, deviations = given - matrix.means[column], others - matrix.means[column]
        product[users] += mine * deviations
        own[users] += mine * mine
        theirs[users] += deviations * deviations
        common[users] += 1
        apart[users] += np.abs(others - given)
    lengths = np.sqrt(own * theirs)
    cosine = np.divide(product, lengths, out=np.zeros_like(product), where=lengths > 0)
    return cosine * common / (common + TRUST), common, apart / np.maximum(common, 1)


def _twin(
    matrix: RatingMatrix, profile: Profile, row: int, likeness: float, common: int, apart: float
) -> Twin:
    user_id = int(matrix.user_ids[row])
    columns, stars = matrix.of_user(user_id)
    order = np.lexsort((-matrix.means[columns], -stars))
    given = [(int(matrix.movie_ids[columns[i]]), float(stars[i])) for i in order]
    shared = [each for each in given if each[1] >= 4 and profile.get(each[0], 0) >= 4]
    unseen = [each for each in given if each[1] >= LOVED and each[0] not in profile]
    return Twin(user_id, likeness, common, apart, _head(shared), _head(unseen))


def _head(films: Sequence[tuple[int, float]]) -> tuple[tuple[int, float], ...]:
    return tuple(films[:NAMED])
