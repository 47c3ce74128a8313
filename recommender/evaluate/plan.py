"""What is held out from the models, and how many are asked."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import TypeVar

import numpy as np

from recommender.data.rating_log import RatingLog
from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.later_visits import cut_dates, time_split
from recommender.evaluate.question_visits import question_folds
from recommender.evaluate.splits import SplitError, Visitor, folds, visitor_folds
from recommender.evaluate.star_visits import StarPart, star_folds
from recommender.evaluate.theme_visits import theme_folds

FOLDS = 5
KEPT = 5_000_000  # ratings up to which the matrices of all parts are kept in memory

V = TypeVar("V")

Part = tuple[RatingMatrix, list[Visitor]]
"""What a model learns, and who asks it then."""

BY_USER = {"visitor": visitor_folds, "questions": question_folds, "themes": theme_folds}
HELD_OUT = {
    "visitor": "each giving a random half, at most 15, of the 100 most rated films that they rated",
    "questions": "asked about films after 5 (the first figure), 10 and 30 questions; half of what"
    " they like is wanted",
    "stars": "each giving 15 of the films that they rated, at random, and asked about others",
    "themes": "left out in turn; made-up visitors who like eight well-known films of one kind",
}
NOBODY = {
    "visitor": "no user rated five of the 100 most rated films and likes a further one",
    "questions": "no user who likes two films answers any question",
    "themes": "there is no genre and no much-used tag of 20 films or more",
    "stars": "no user rated two films that others rated",
    "time": "no user can be asked after that date; give an earlier one with --date",
}


@dataclass(frozen=True)
class Plan:
    """A protocol, and how much of it; by default all.

    date: of the protocol `time`, seconds since 1970; None for the days on which 50, 60, 70, 80 and
    90 % of the ratings had been given. n_folds: into which users or ratings fall; of these, only
    the first `folds`. visitors: at most so many of each fold, or after each date, drawn at random.
    """

    protocol: str = "visitor"
    seed: int = 0
    date: int | None = None
    folds: int = FOLDS
    visitors: int | None = None
    n_folds: int = FOLDS

    def parts(self, log: RatingLog) -> Callable[[], Iterable[Part]]:
        """The parts of the split: made once or, where they are large, for each model anew.

        Raises SplitError where there are none.
        """
        if len(log) > KEPT and self.folds > 1:
            return lambda: self._parts(log)
        once = [*self._parts(log)]
        if not any(visitor.given for _, visitors in once for visitor in visitors):
            raise SplitError(NOBODY[self.protocol])
        return lambda: once

    def _parts(self, log: RatingLog) -> Iterator[Part]:
        for training, visitors in islice(self._whole(log), self.folds):
            yield training, drawn(visitors, self.visitors, self.seed)

    def _whole(self, log: RatingLog) -> Iterable[Part]:
        if self.protocol == "time":
            return (time_split(log, date) for date in self._dates(log))
        return BY_USER[self.protocol](log.matrix, self.n_folds, self.seed)

    def star_parts(self, log: RatingLog) -> Iterator[StarPart]:
        """The parts of the protocol `stars`, made for each model anew. Raises SplitError."""
        whole, asked = star_folds(log.matrix, self.n_folds, self.seed), False
        for training, visitors in islice(whole, self.folds):
            if visitors:
                asked = True
                yield training, drawn(visitors, self.visitors, self.seed)
        if not asked:
            raise SplitError(NOBODY["stars"])

    def rating_folds(self, log: RatingLog) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Indexes of ratings as (training, test)."""
        return islice(folds(len(log), self.n_folds, self.seed), self.folds)

    def description(self, log: RatingLog) -> str:
        """What is held out, in words. Raises SplitError."""
        asked = f"; at most {self.visitors:,} asked at once" if self.visitors else ""
        return f"{_sample(log)}{self._split(log)}{asked}"

    def _split(self, log: RatingLog) -> str:
        if self.protocol == "time":
            days = (f"{datetime.fromtimestamp(date, UTC):%Y-%m-%d}" for date in self._dates(log))
            return f"learned before {', '.join(days)}, asked from then on"
        whole = self.folds == self.n_folds
        parts = f"{self.folds} folds" if whole else f"{self.folds} of {self.n_folds} folds"
        if self.protocol == "rating":
            return f"{parts} of the ratings, in the order {log.order}"
        return f"{parts} of the users, {HELD_OUT[self.protocol]}"

    def _dates(self, log: RatingLog) -> list[int]:
        return cut_dates(log) if self.date is None else [self.date]


def _sample(log: RatingLog) -> str:
    if log.all_users is None:
        return ""
    n = len(np.unique(log.user_ids))
    return f"{n:,} of {log.all_users:,} users, drawn at random; "


def drawn(visitors: list[V], n: int | None, seed: int) -> list[V]:
    """At most n of them, at random, in order; all for None."""
    if n is None or n >= len(visitors):
        return visitors
    places = np.random.default_rng(seed).permutation(len(visitors))[:n]
    return [visitors[place] for place in np.sort(places)]
