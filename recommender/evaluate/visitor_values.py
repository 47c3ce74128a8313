"""What was measured visitor by visitor."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np

from recommender.evaluate.bootstrap import interval
from recommender.evaluate.evaluation_report import Interval


class VisitorValues:
    """Values of measures; a user who was a visitor more than once counts once, by their mean."""

    def __init__(self) -> None:
        self._users: dict[str, list[int]] = defaultdict(list)
        self._values: dict[str, list[float]] = defaultdict(list)

    def add(self, user_id: int, values: Mapping[str, float]) -> None:
        """Of one visit, by measure."""
        for name, value in values.items():
            self._users[name].append(user_id)
            self._values[name].append(value)

    def by_user(self, name: str) -> np.ndarray:
        """A measure's values (n_users,), in order of user id."""
        rows = np.unique(self._users[name], return_inverse=True)[1]
        return np.bincount(rows, self._values[name]) / np.bincount(rows)

    def means(self) -> dict[str, float]:
        """Of each measure."""
        return {name: float(self.by_user(name).mean()) for name in self._values}

    def intervals(self, seed: int) -> dict[str, Interval]:
        """Of each mean, 95 %."""
        return {name: interval(self.by_user(name), seed=seed) for name in self._values}
