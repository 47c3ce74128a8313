"""What is held out from the models, and how many are asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

import numpy as np

from recommender.data.rating_log import RatingLog
from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.splits import Visitor, day_after_most, folds, time_split, visitor_folds

FOLDS = 5

Part = tuple[RatingMatrix, list[Visitor]]
"""What a model learns, and who asks it then."""


@dataclass(frozen=True)
class Plan:
    """A protocol, and how much of it; by default all.

    date: of the protocol `time`, seconds since 1970; None for the day on which 80 % of the ratings
    had been given. folds: only the first so many of the five. visitors: at most so many of each
    fold, or after the date, drawn at random.
    """

    protocol: str = "visitor"
    seed: int = 0
    date: int | None = None
    folds: int = FOLDS
    visitors: int | None = None

    def parts(self, log: RatingLog) -> Callable[[], Iterable[Part]]:
        """The parts of the split, for each model anew, as matrices are large. Raises SplitError."""
        if self.protocol == "visitor" and self.folds > 1:
            return lambda: self.visitor_folds(log)
        once = [*self.visitor_folds(log)] if self.protocol == "visitor" else [self.time_split(log)]
        return lambda: once

    def visitor_folds(self, log: RatingLog) -> Iterator[Part]:
        """As splits.visitor_folds."""
        for training, visitors in islice(visitor_folds(log.matrix, FOLDS, self.seed), self.folds):
            yield training, drawn(visitors, self.visitors, self.seed)

    def rating_folds(self, log: RatingLog) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Indexes of ratings as (training, test)."""
        return islice(folds(len(log), FOLDS, self.seed), self.folds)

    def time_split(self, log: RatingLog) -> Part:
        """As splits.time_split. Raises SplitError."""
        training, visitors = time_split(log, self._date(log))
        return training, drawn(visitors, self.visitors, self.seed)

    def description(self, log: RatingLog) -> str:
        """What is held out, in words."""
        parts = f"{FOLDS} folds" if self.folds == FOLDS else f"{self.folds} of {FOLDS} folds"
        if self.protocol == "rating":
            return f"{parts} of the ratings, in the order {log.order}"
        if self.protocol == "visitor":
            split = f"{parts} of the users, each giving at most 15 of the 100 most rated films"
        else:
            day = datetime.fromtimestamp(self._date(log), UTC)
            split = f"learned before {day:%Y-%m-%d}, asked from then on"
        return (
            split if self.visitors is None else f"{split}; at most {self.visitors:,} asked at once"
        )

    def _date(self, log: RatingLog) -> int:
        return day_after_most(log) if self.date is None else self.date


def drawn(visitors: list[Visitor], n: int | None, seed: int) -> list[Visitor]:
    """At most n of them, at random, in order; all for None."""
    if n is None or n >= len(visitors):
        return visitors
    places = np.random.default_rng(seed).permutation(len(visitors))[:n]
    return [visitors[place] for place in np.sort(places)]
