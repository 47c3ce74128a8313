"""What was measured of one model, and how it compares with another on the same users."""

from dataclasses import dataclass

import numpy as np

from recommender.evaluate.bootstrap import Statistic, interval, mean


@dataclass(frozen=True, eq=False)
class Measured:
    """Of one model on one split."""

    fit_seconds: float
    counts: dict[str, int]
    """How many visitors, users, ratings were asked about."""
    measures: dict[str, float]
    intervals: dict[str, tuple[float, float]]
    """95 %, over users."""
    users: np.ndarray
    """(n_users, k): what the leading measure is made of, user by user."""


@dataclass(frozen=True)
class Leading:
    """The measure that says which model is best."""

    name: str
    lower_is_better: bool = False
    of: Statistic = mean
    """Of rows of Measured.users."""

    def best(self, all_measured: dict[str, Measured]) -> str:
        """The key of the best model; of equal ones the first."""
        sign = 1 if self.lower_is_better else -1
        return min(all_measured, key=lambda key: sign * all_measured[key].measures[self.name])

    def difference(self, ours: Measured, theirs: Measured, seed: int) -> dict:
        """Ours less theirs, with the paired bootstrap's 95 % interval."""
        k = ours.users.shape[1]
        pairs = np.hstack([ours.users, theirs.users])

        def difference(rows: np.ndarray) -> float:
            return self.of(rows[:, :k]) - self.of(rows[:, k:])

        return {
            "measure": self.name,
            "difference": difference(pairs),
            "interval": interval(pairs, difference, seed),
        }
