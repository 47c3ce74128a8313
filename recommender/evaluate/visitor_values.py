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
        return self._by_user(name)[1]

    def _by_user(self, name: str) -> tuple[np.ndarray, np.ndarray]:
        """The ids of the users, ascending, and their values."""
        users, rows = np.unique(self._users[name], return_inverse=True)
        return users, np.bincount(rows, self._values[name]) / np.bincount(rows)

    def gained(self, name: str, before: str) -> np.ndarray:
        """How much more a measure is than the one before, of each user who has both."""
        (users, values), (users_before, values_before) = self._by_user(name), self._by_user(before)
        _, now, then = np.intersect1d(users, users_before, True, return_indices=True)
        return values[now] - values_before[then]

    def means(self) -> dict[str, float]:
        """Of each measure."""
        return {name: float(self.by_user(name).mean()) for name in self._values}

    def intervals(self, seed: int) -> dict[str, Interval]:
        """Of each mean, 95 %."""
        return {name: interval(self.by_user(name), seed=seed) for name in self._values}
