"""Visitors who come after a date, to models that learned what was rated before it."""

import numpy as np

from recommender.data.rating_log import RatingLog
from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.evaluate.splits import FEWEST_GIVEN, GIVEN, SplitError, Visitor, giving

DAY = 86_400  # seconds
BEFORE = (0.5, 0.6, 0.7, 0.8, 0.9)  # of the ratings, for training


def cut_dates(log: RatingLog) -> list[int]:
    """The days (UTC, seconds) on which half to nine tenths of the ratings had been given.

    Ascending, none twice, and none before which there are no ratings.
    """
    days = np.quantile(log.seconds, BEFORE, method="higher").astype(int) // DAY * DAY
    return np.unique(days[days > log.seconds.min()]).tolist()


def time_split(log: RatingLog, date: int) -> tuple[RatingMatrix, list[Visitor]]:
    """The ratings before `date` (seconds, UTC), and the users who like films from then on.

    One date for everyone, so that no model learns from what came later (Ji et al., 2023). Only
    films that were rated by then count. Users with 5 ratings or more by then are known: they give
    their last 15, latest first, and nothing that they had rated is listed. To the others the models
    are asked at their first visit: they give their first 15, in order. Relevant is what a user
    gives 4 stars or more after that; users without any, or with fewer than 5 to give, are left out.
    Raises SplitError where nothing lies before the date.
    """
    before = log.seconds < date
    if not before.any():
        raise SplitError("there are no ratings before that date; give a later one with --date")
    training = log.before(date)
    return training, _visitors(log, date, np.isin(log.movie_ids, training.movie_ids))


def _visitors(log: RatingLog, date: int, in_training: np.ndarray) -> list[Visitor]:
    """Of users who rated from `date` on; only ratings that the mask allows count."""
    of_later = np.isin(log.user_ids, np.unique(log.user_ids[log.seconds >= date]))
    rows = np.flatnonzero(in_training & of_later)
    if not len(rows):
        return []
    rows = rows[np.lexsort((rows, log.seconds[rows], log.user_ids[rows]))]
    starts = np.flatnonzero(np.diff(log.user_ids[rows])) + 1
    visitors = (_visitor(log, date, ratings) for ratings in np.split(rows, starts))
    return [visitor for visitor in visitors if visitor]


def _visitor(log: RatingLog, date: int, ratings: np.ndarray) -> Visitor | None:
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
    return giving(user, log.movie_ids[told], log.stars[told], seen, relevant)
