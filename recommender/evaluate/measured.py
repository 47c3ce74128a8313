"""What was measured of one model, and the measure by which models are compared."""

from dataclasses import dataclass

import numpy as np

from recommender.evaluate.bootstrap import Statistic, interval, mean
from recommender.evaluate.evaluation_report import Difference, Interval


@dataclass(frozen=True, eq=False)
class Measured:
    """Of one model on one split."""

    fit_seconds: float
    counts: dict[str, int]
    """How many visitors, users, ratings were asked about."""
    measures: dict[str, float]
    intervals: dict[str, Interval]
    """95 %, over users."""
    users: np.ndarray
    """(n_users, k): what the primary measure is made of, user by user."""


@dataclass(frozen=True)
class PrimaryMeasure:
    """The measure that says which model is best."""

    name: str
    lower_is_better: bool = False
    of: Statistic = mean
    """Of rows of Measured.users."""

    def rank(self, value: float) -> float:
        """Of a value of this measure: the better, the lower."""
        return value if self.lower_is_better else -value

    def best(self, all_measured: dict[str, Measured]) -> str:
        """The key of the best model; of equal ones the first."""
        return min(all_measured, key=lambda key: self.rank(all_measured[key].measures[self.name]))

    def difference(self, ours: Measured, theirs: Measured, model: str, seed: int) -> Difference:
        """Ours less theirs, those of `model`, with the paired bootstrap's 95 % interval."""
        k = ours.users.shape[1]
        pairs = np.hstack([ours.users, theirs.users])

        def difference(rows: np.ndarray) -> float:
            return self.of(rows[:, :k]) - self.of(rows[:, k:])

        return Difference(model, self.name, difference(pairs), interval(pairs, difference, seed))
