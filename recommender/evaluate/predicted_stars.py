"""Predicted stars: how close do they come to ratings that the model has not seen?"""

import time
from dataclasses import replace
from typing import Any

import numpy as np

from recommender.data.rating_log import RatingLog
from recommender.data.rating_matrix import HIGHEST, LOWEST
from recommender.evaluate.bootstrap import interval
from recommender.evaluate.evaluation_report import Interval
from recommender.evaluate.measured import Measured, PrimaryMeasure
from recommender.evaluate.plan import Plan
from recommender.evaluate.ranked_lists import Kind, Progress


def ratio(rows: np.ndarray) -> float:
    """Mean over ratings. rows (n_users, 2): each user's total and number of ratings."""
    return float(rows[:, 0].sum() / rows[:, 1].sum())


def root(rows: np.ndarray) -> float:
    """Of `ratio`: of squared errors, the typical error."""
    return ratio(rows) ** 0.5


PRIMARY = PrimaryMeasure("rmse", lower_is_better=True, of=root)


FEWEST_PREDICTED = 30  # ratings that a calibration needs
CALIBRATED = "actual at "
"""Begins the names of the measures that calibrate: then come the predicted stars."""


def measure_stars(kind: Kind, log: RatingLog, plan: Plan, progress: Progress) -> Measured:
    """RMSE, MAE and calibration over ratings, each predicted by a model that learned the others.

    Five folds of the ratings in the log's order; predictions are clipped to the scale. The model
    has `predict`. "actual at 3.5" is the mean of the ratings predicted nearest to 3.5 stars, for
    every half star that 30 of them are nearest to. Intervals are over users.
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
    stars, users = np.concatenate(predicted), log.user_ids[ratings]
    found = _measured(stars - log.stars[ratings], users, float(np.mean(seconds)), plan.seed)
    calibration, intervals = _calibration(stars, log.stars[ratings], users, plan.seed)
    return replace(
        found,
        measures=found.measures | calibration,
        intervals=found.intervals | intervals,
    )


def _calibration(
    predicted: np.ndarray, actual: np.ndarray, user_ids: np.ndarray, seed: int
) -> tuple[dict[str, float], dict[str, Interval]]:
    """Mean actual stars by predicted half star, and their intervals."""
    nearest = np.floor(2 * predicted + 0.5) / 2
    means, intervals = {}, {}
    for stars in np.unique(nearest):
        which = nearest == stars
        if which.sum() >= FEWEST_PREDICTED:
            rows = np.unique(user_ids[which], return_inverse=True)[1]
            table = np.column_stack([np.bincount(rows, actual[which]), np.bincount(rows)])
            name = f"{CALIBRATED}{stars}"
            means[name], intervals[name] = ratio(table), interval(table, ratio, seed)
    return means, intervals


def _measured(errors: np.ndarray, user_ids: np.ndarray, seconds: float, seed: int) -> Measured:
    rows = np.unique(user_ids, return_inverse=True)[1]
    sizes = np.bincount(rows)
    squared = np.column_stack([np.bincount(rows, errors**2), sizes])
    absolute = np.column_stack([np.bincount(rows, np.abs(errors)), sizes])
    return Measured(
        fit_seconds=seconds,
        counts={"ratings": len(errors), "users": len(sizes)},
        measures={"rmse": root(squared), "mae": ratio(absolute)},
        intervals={
            "rmse": interval(squared, root, seed),
            "mae": interval(absolute, ratio, seed),
        },
        users=squared,
    )
