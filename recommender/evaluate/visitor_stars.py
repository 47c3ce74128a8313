"""What new visitors would give: how close is it said, and does the interval around it hold?"""

import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice

import numpy as np

from recommender.data.rating_matrix import HIGHEST, LOWEST
from recommender.evaluate.bootstrap import interval
from recommender.evaluate.evaluation_report import Interval
from recommender.evaluate.measured import Measured
from recommender.evaluate.predicted_stars import ratio, root
from recommender.evaluate.ranked_lists import Progress
from recommender.evaluate.splits import FEWER_GIVEN
from recommender.evaluate.star_visits import StarPart, StarVisitor
from recommender.models.base import Profile
from recommender.models.star_intervals import StarIntervals
from recommender.models.star_predictor import StarPredictor


def measure_visitor_stars(
    kind: Callable[[], StarPredictor], split: Iterable[StarPart], seed: int, progress: Progress
) -> Measured:
    """RMSE of predicted stars, and `covered` and `width` of their intervals.

    covered: the share of the stars given that lie in the interval learned from training users
    alone; width: its mean, in stars. At every stage as well, by visitors who give so many. Over
    ratings; intervals are over users.
    """
    found: dict[str, list[np.ndarray]] = {}
    seconds = []
    for part, (training, visitors) in enumerate(split, start=1):
        progress(f"fold {part}")
        start = time.perf_counter()
        model, intervals = kind().fit(training), StarIntervals.learn(kind, training)
        seconds.append(time.perf_counter() - start)
        for visitor in visitors:
            for stage, given in _stages(visitor):
                rows = _predicted(model, intervals, visitor, given)
                found.setdefault(stage, []).append(rows)
    return _measured({stage: np.concatenate(rows) for stage, rows in found.items()}, seconds, seed)


def _stages(visitor: StarVisitor) -> Iterator[tuple[str, Profile]]:
    """What follows the measures' names, and what is given then; all that is given first."""
    yield "", visitor.given
    for n in FEWER_GIVEN:
        if n <= len(visitor.given):
            yield f" given {n}", dict(islice(visitor.given.items(), n))


def _predicted(
    model: StarPredictor, intervals: StarIntervals | None, visitor: StarVisitor, given: Profile
) -> np.ndarray:
    """user id, error, whether the interval holds the stars, its width: of each film (n, 4).

    Where there are no intervals, they are the whole scale.
    """
    stars = model.expected_stars(given, visitor.asked.tolist())
    low, high = intervals.around(stars, len(given)) if intervals else (LOWEST, HIGHEST)
    inside = (low <= visitor.stars) & (visitor.stars <= high)
    users = np.full(len(stars), visitor.user_id)
    return np.column_stack([users, stars - visitor.stars, inside, high - low + 0 * stars])


def _measured(found: dict[str, np.ndarray], seconds: list[float], seed: int) -> Measured:
    """found: as `_predicted` gives it, by what follows the measures' names."""
    measures, intervals = dict[str, float](), dict[str, Interval]()
    for stage, rows in found.items():
        users = np.unique(rows[:, 0], return_inverse=True)[1]
        for name, (values, statistic) in {
            "rmse": (rows[:, 1] ** 2, root),
            "covered": (rows[:, 2], ratio),
            "width": (rows[:, 3], ratio),
        }.items():
            table = np.column_stack([np.bincount(users, values), np.bincount(users)])
            measures[name + stage] = statistic(table)
            intervals[name + stage] = interval(table, statistic, seed)
    users = np.unique(found[""][:, 0], return_inverse=True)[1]
    squared = np.column_stack([np.bincount(users, found[""][:, 1] ** 2), np.bincount(users)])
    return Measured(
        fit_seconds=float(np.mean(seconds)),
        counts={"visitors": len(squared)},
        measures=measures,
        intervals=intervals,
        users=squared,
    )
