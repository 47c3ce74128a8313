"""Predicted stars: how close do they come to ratings that the model has not seen?"""

import time
from typing import Any

import numpy as np

from recommender import metrics
from recommender.evaluate.bootstrap import interval
from recommender.evaluate.lists import Kind, Say
from recommender.evaluate.measured import Leading, Measured
from recommender.rating_log import RatingLog
from recommender.ratings import HIGHEST, LOWEST
from recommender.splits import folds


def _ratio(rows: np.ndarray) -> float:
    """rows (n_users, 2): each user's total error and number of ratings."""
    return float(rows[:, 0].sum() / rows[:, 1].sum())


def _root(rows: np.ndarray) -> float:
    return _ratio(rows) ** 0.5


LEADING = Leading("rmse", lower_is_better=True, of=_root)


def measure_stars(kind: Kind, log: RatingLog, seed: int, say: Say) -> Measured:
    """RMSE and MAE over all ratings, each predicted by a model that learned four fifths of them.

    Five folds of the ratings in the log's order; predictions are clipped to the scale. The model
    has `predict`. Intervals are over users.
    """
    predicted, seconds = np.empty(len(log)), []
    for fold, (training, test) in enumerate(folds(len(log), 5, seed), start=1):
        say(f"fold {fold}")
        start = time.perf_counter()
        model: Any = kind().fit(log.matrix_of(training))
        seconds.append(time.perf_counter() - start)
        stars = model.predict(log.user_ids[test], log.movie_ids[test])
        predicted[test] = stars.clip(LOWEST, HIGHEST)
    return _measured(predicted, log, float(np.mean(seconds)), seed)


def _measured(predicted: np.ndarray, log: RatingLog, seconds: float, seed: int) -> Measured:
    rows = np.unique(log.user_ids, return_inverse=True)[1]
    errors, sizes = predicted - log.stars, np.bincount(rows)
    squared = np.column_stack([np.bincount(rows, errors**2), sizes])
    absolute = np.column_stack([np.bincount(rows, np.abs(errors)), sizes])
    return Measured(
        fit_seconds=seconds,
        counts={"ratings": len(log), "users": len(sizes)},
        measures={
            "rmse": metrics.rmse(predicted, log.stars),
            "mae": metrics.mae(predicted, log.stars),
        },
        intervals={
            "rmse": interval(squared, _root, seed),
            "mae": interval(absolute, _ratio, seed),
        },
        users=squared,
    )
