"""Simulated visits: training users shown as visitors to a first stage that has not seen them."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.evaluate.splits import FEWEST_GIVEN, WELL_KNOWN

MOST_GIVEN = 15
PER_USER = 4  # visits, each with other films given


@dataclass(frozen=True, eq=False)
class Visit:
    """The films given, as columns, their stars, and which of all films are liked beyond them."""

    columns: np.ndarray
    stars: np.ndarray
    liked: np.ndarray


def held_out(n_users: int, n_visitors: int, seed: int) -> list[tuple[np.ndarray, np.ndarray]]:
    """Users (rows) as (training, visitors), both in order, so that each visitor is held out once.

    At most `n_visitors` users, drawn at random, are visitors, and at most a quarter of all at once.
    """
    visitors = np.random.default_rng(seed).permutation(n_users)[:n_visitors]
    parts = np.array_split(visitors, -(-4 * len(visitors) // n_users))
    return [(np.setdiff1d(np.arange(n_users), part), np.sort(part)) for part in parts]


def visits(
    training: RatingMatrix, matrix: RatingMatrix, rows: np.ndarray, seed: int
) -> Iterator[Visit]:
    """Visits of the users in these rows of `matrix` to models of `training`, which holds others.

    As the visitor protocol draws them (splits.visitor_folds): films given are among the 100 most
    rated ones of the training users. Every other visit gives 15, as far as the user rated so many,
    the others 5 to 14.
    """
    well_known = np.zeros(training.n_movies, dtype=bool)
    well_known[training.by_popularity[:WELL_KNOWN]] = True
    for row in rows:
        rng = np.random.default_rng([seed, row])
        for number in range(PER_USER):
            given = MOST_GIVEN if number % 2 else rng.integers(FEWEST_GIVEN, MOST_GIVEN)
            visit = _visit(training, matrix, row, well_known, given, rng)
            if visit:
                yield visit


def _visit(training, matrix, row, well_known, given, rng) -> Visit | None:
    """None where the user rated fewer than 5 well-known films, or likes no further film."""
    ratings = slice(matrix.csr.indptr[row], matrix.csr.indptr[row + 1])
    columns = training.columns(matrix.movie_ids[matrix.csr.indices[ratings]])
    columns, stars = columns[columns >= 0], matrix.csr.data[ratings][columns >= 0].astype(float)
    known = np.flatnonzero(well_known[columns])
    if len(known) < FEWEST_GIVEN:
        return None
    drawn = np.sort(rng.permutation(known)[:given])
    liked = np.zeros(training.n_movies, dtype=bool)
    liked[columns[stars >= LIKED]] = True
    liked[columns[drawn]] = False
    return Visit(columns[drawn], stars[drawn], liked) if liked.any() else None
