"""Held-out ratings: which a model may learn from, which a visitor gives, which it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommender.data.rating_log import RatingLog
from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.questions.quick_start import WELL_KNOWN

GIVEN = 15  # ratings by a visitor, at most
FEWEST_GIVEN = 5
DAY = 86_400  # seconds
BEFORE = 0.8  # of the ratings, for training


class SplitError(Exception):
    """The ratings can't be split as asked; the message is one line."""


@dataclass(frozen=True, eq=False)
class Visitor:
    """A user to recommend films to.

    given: what they rate, in an order such that fewer ratings are the first of these. seen: ids of
    the films not to be listed. relevant: ids of further films that they like.
    """

    user_id: int
    given: dict[int, float]
    seen: np.ndarray
    relevant: np.ndarray


def folds(n: int, n_folds: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """0 to n − 1 as (training, test), each in order, exactly as scikit-learn's shuffled KFold."""
    order = np.random.RandomState(seed).permutation(n)
    for test in np.array_split(order, n_folds):
        held_out = np.zeros(n, dtype=bool)
        held_out[test] = True
        yield np.flatnonzero(~held_out), np.flatnonzero(held_out)


def visitor_folds(
    matrix: RatingMatrix, n_folds: int = 5, seed: int = 0, given: int = GIVEN
) -> Iterator[tuple[RatingMatrix, list[Visitor]]]:
    """Every user held out once: the other users' matrix, and the fold's users as visitors to it.

    A visitor gives at most `given` ratings, at random, of the training users' 100 most rated films.
    Users who rated fewer than 5 of those, or like nothing else, are left out. A smaller `given` is
    a part of a larger one.
    """
    for training_rows, test_rows in folds(matrix.n_users, n_folds, seed):
        training = matrix.take_users(training_rows)
        well_known = training.movie_ids[training.by_popularity[:WELL_KNOWN]]
        visitors = (_visitor(matrix, row, well_known, given, seed) for row in test_rows)
        yield training, [visitor for visitor in visitors if visitor]


def _visitor(matrix, row: int, well_known: np.ndarray, given: int, seed: int) -> Visitor | None:
    ratings = slice(matrix.csr.indptr[row], matrix.csr.indptr[row + 1])
    films = matrix.movie_ids[matrix.csr.indices[ratings]]
    stars = matrix.csr.data[ratings]
    known = np.flatnonzero(np.isin(films, well_known))
    drawn = np.random.default_rng([seed, row]).permutation(known)[:given]
    rest = np.setdiff1d(np.arange(len(films)), drawn)
    relevant = films[rest][stars[rest] >= LIKED]
    if len(known) < FEWEST_GIVEN or not len(relevant):
        return None
    return _giving(int(matrix.user_ids[row]), films[drawn], stars[drawn], films[drawn], relevant)


def _giving(user_id: int, films, stars, seen, relevant) -> Visitor:
    return Visitor(user_id, dict(zip(films.tolist(), stars.tolist(), strict=True)), seen, relevant)


def day_after_most(log: RatingLog) -> int:
    """The day (UTC, seconds) on which 80 % of the ratings had been given: time_split's default."""
    return int(np.quantile(log.seconds, BEFORE, method="higher")) // DAY * DAY


def time_split(log: RatingLog, date: int) -> tuple[RatingMatrix, list[Visitor]]:
    """The ratings before `date` (seconds, UTC), and the users who like films from then on.

    One date for everyone, so that no model learns from what came later (Ji et al., 2023). Only
    films that were rated by then count. Users with 5 ratings or more by then are known: they give
    their last 15, latest first, and nothing that they had rated is listed. To the others the models
    are asked at their first visit: they give their first 15, in order. Relevant is what a user
    gives 4 stars or more after that; users without any, or with fewer than 5 to give, are left out.
    Raises SplitError where nothing lies before the date, or nobody is left after it.
    """
    before = log.seconds < date
    if not before.any():
        raise SplitError("there are no ratings before that date; give a later one with --date")
    training = log.before(date)
    visitors = _later_visitors(log, date, np.isin(log.movie_ids, training.movie_ids))
    if not visitors:
        raise SplitError("no user can be asked after that date; give an earlier one with --date")
    return training, visitors


def _later_visitors(log: RatingLog, date: int, in_training: np.ndarray) -> list[Visitor]:
    """Of users who rated from `date` on; only ratings that the mask allows count."""
    of_later = np.isin(log.user_ids, np.unique(log.user_ids[log.seconds >= date]))
    rows = np.flatnonzero(in_training & of_later)
    rows = rows[np.lexsort((rows, log.seconds[rows], log.user_ids[rows]))]
    starts = np.flatnonzero(np.diff(log.user_ids[rows])) + 1
    visitors = (_later_visitor(log, date, ratings) for ratings in np.split(rows, starts))
    return [visitor for visitor in visitors if visitor]


def _later_visitor(log: RatingLog, date: int, ratings: np.ndarray) -> Visitor | None:
    """ratings: indexes of the user's, by time."""
    n_before = int(np.sum(log.seconds[ratings] < date))
    known = n_before >= FEWEST_GIVEN
    cut = n_before if known else GIVEN
    given, later = ratings[:cut], ratings[cut:]
    relevant = log.movie_ids[later][log.stars[later] >= LIKED]
    if len(given) < FEWEST_GIVEN or not len(relevant):
        return None
    told = given[::-1][:GIVEN] if known else given[:GIVEN]
    user, seen = int(log.user_ids[ratings[0]]), log.movie_ids[given]
    return _giving(user, log.movie_ids[told], log.stars[told], seen, relevant)
