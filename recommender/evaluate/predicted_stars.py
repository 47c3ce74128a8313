"""Predicted stars: how close do they come to ratings that the model has not seen?"""

import time
from typing import Any

import numpy as np

from recommender.data.rating_log import RatingLog
from recommender.data.rating_matrix import HIGHEST, LOWEST
from recommender.evaluate.bootstrap import interval
from recommender.evaluate.measured import Measured, PrimaryMeasure
from recommender.evaluate.plan import Plan
from recommender.evaluate.ranked_lists import Kind, Progress


def _ratio(rows: np.ndarray) -> float:
    """rows (n_users, 2): each user's total error and number of ratings."""
    return float(rows[:, 0].sum() / rows[:, 1].sum())


def _root(rows: np.ndarray) -> float:
    return _ratio(rows) ** 0.5


PRIMARY = PrimaryMeasure("rmse", lower_is_better=True, of=_root)


def measure_stars(kind: Kind, log: RatingLog, plan: Plan, progress: Progress) -> Measured:
    """RMSE and MAE over ratings, each predicted by a model that learned four fifths of them.

    Five folds of the ratings in the log's order; predictions are clipped to the scale. The model
    has `predict`. Intervals are over users.
    """
    asked, predicted, seconds = [], [], []
    for fold, (training, test) in enumerate(plan.rating_folds(log), start=1):
        progress(f"fold {fold}")
        start = time.perf_counter()
        model: Any = kind().fit(log.matrix_of(training))
        seconds.append(time.perf_counter() - start)
        stars = model.predict(log.user_ids[test], log.movie_ids[test])
        predicted.append(stars.clip(LOWEST, HIGHEST))
        asked.append(test)
    ratings = np.concatenate(asked)
    errors = np.concatenate(predicted) - log.stars[ratings]
    return _measured(errors, log.user_ids[ratings], float(np.mean(seconds)), plan.seed)


def _measured(errors: np.ndarray, user_ids: np.ndarray, seconds: float, seed: int) -> Measured:
    rows = np.unique(user_ids, return_inverse=True)[1]
    sizes = np.bincount(rows)
    squared = np.column_stack([np.bincount(rows, errors**2), sizes])
    absolute = np.column_stack([np.bincount(rows, np.abs(errors)), sizes])
    return Measured(
        fit_seconds=seconds,
        counts={"ratings": len(errors), "users": len(sizes)},
        measures={"rmse": _root(squared), "mae": _ratio(absolute)},
        intervals={
            "rmse": interval(squared, _root, seed),
            "mae": interval(absolute, _ratio, seed),
        },
        users=squared,
    )
