"""Ranked lists: how good are the ten films that each visitor is recommended?"""

import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import Protocol, runtime_checkable

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.bootstrap import interval
from recommender.evaluate.evaluation_report import Interval
from recommender.evaluate.list_measures import LENGTH, accuracy, of_list, of_part
from recommender.evaluate.measured import Measured, PrimaryMeasure
from recommender.evaluate.splits import Visitor
from recommender.evaluate.surprise_levels import at_levels
from recommender.evaluate.visitor_values import VisitorValues
from recommender.models.base import Profile, Recommender
from recommender.models.ranking import best

PRIMARY = PrimaryMeasure(f"ndcg@{LENGTH}")

Kind = Callable[[], Recommender]
Split = Iterable[tuple[RatingMatrix, list[Visitor]]]
Progress = Callable[[str], None]
"""Told what is being measured now."""


@runtime_checkable
class Transductive(Protocol):
    """A model that can't fold a visitor in: it learns them with everyone else."""

    def fit_with(self, matrix: RatingMatrix, profiles: Sequence[Profile]) -> Recommender:
        """Learn all ratings and these profiles; `score` then knows these only."""


def measure_lists(
    kind: Kind,
    split: Split,
    seed: int,
    progress: Progress,
    primary: PrimaryMeasure = PRIMARY,
    longer: Mapping[str, str] = MappingProxyType({}),
) -> Measured:
    """Recommend to every visitor of a split, with all that they give and at every stage.

    Who gives nothing, at a stage, is not recommended anything, as any model would list the most
    rated films; `answers` is how many films are given, those of none included.
    Models that can be asked for more surprise are measured at every level of it as well.
    "ndcg@10 gained" and a stage of `longer` is what it is more than at the stage before, of those
    who give something at both.
    coverage, overlap: means over the split's parts; they have no intervals, because a redrawn part
    never reaches more films. p95_ms: of scoring all films and picking ten. Intervals are over
    users; who is a visitor to several parts counts once, by their mean.
    """
    lists = _Lists()
    for part, (training, visitors) in enumerate(split, start=1):
        progress(f"fold {part}")
        if any(visitor.given for visitor in visitors):
            lists.add_part(kind, training, visitors)
    found = lists.measured(primary, seed)
    gained, intervals = lists.gained(longer, seed)
    return replace(found, measures=found.measures | gained, intervals=found.intervals | intervals)


class _Lists:
    """What was measured so far."""

    def __init__(self) -> None:
        self.fit_seconds: list[float] = []
        self.of_parts: list[dict[str, float]] = []
        self.values = VisitorValues()
        self.milliseconds: list[float] = []

    def add_part(self, kind: Kind, training: RatingMatrix, visitors: list[Visitor]) -> None:
        giving = [visitor for visitor in visitors if visitor.given]
        start = time.perf_counter()
        model = _fitted(kind, training, [visitor.given for visitor in giving])
        self.fit_seconds.append(time.perf_counter() - start)
        listed = [self._timed_list(model, visitor) for visitor in giving]
        leaning, leaning_part = at_levels(model, giving)
        self.of_parts.append(of_part(training, giving, listed) | leaning_part)
        for visitor, columns, found in zip(giving, listed, leaning, strict=True):
            self.values.add(visitor.user_id, of_list(training, visitor, columns) | found)
        for visitor in visitors:
            self.values.add(visitor.user_id, {"answers": len(visitor.given)})
        for stage in visitors[0].stages:
            self._add_stage(kind, model, training, visitors, stage)

    def _add_stage(self, kind: Kind, model: Recommender, training, visitors, stage: str) -> None:
        giving = [visitor for visitor in visitors if visitor.stages[stage]]
        if isinstance(model, Transductive):
            model = _fitted(kind, training, [visitor.stages[stage] for visitor in giving])
        for visitor in giving:
            columns = _listed(model, visitor, visitor.stages[stage])
            found = accuracy(training, visitor, columns)
            named = {f"{name} {stage}": value for name, value in found.items()}
            self.values.add(visitor.user_id, named)
        for visitor in visitors:
            self.values.add(visitor.user_id, {f"answers {stage}": len(visitor.stages[stage])})

    def _timed_list(self, model: Recommender, visitor: Visitor) -> np.ndarray:
        start = time.perf_counter()
        listed = _listed(model, visitor, visitor.given)
        self.milliseconds.append((time.perf_counter() - start) * 1000)
        return listed

    def gained(
        self, longer: Mapping[str, str], seed: int
    ) -> tuple[dict[str, float], dict[str, Interval]]:
        """The means, and their intervals, of what stages gain, where anyone gives at both."""
        name = PRIMARY.name
        gains = {
            f"{name} gained {stage}": self.values.gained(
                f"{name} {stage}", f"{name} {before}".strip()
            )
            for stage, before in longer.items()
        }
        gains = {name: users for name, users in gains.items() if len(users)}
        means = {name: float(users.mean()) for name, users in gains.items()}
        return means, {name: interval(users, seed=seed) for name, users in gains.items()}

    def measured(self, primary: PrimaryMeasure, seed: int) -> Measured:
        users = self.values.by_user(primary.name)
        means, intervals = self.values.means(), self.values.intervals(seed)
        others = {
            name: float(np.mean([each[name] for each in self.of_parts]))
            for name in self.of_parts[0]
        }
        return Measured(
            fit_seconds=float(np.mean(self.fit_seconds)),
            counts={"visitors": len(users)},
            measures=means | others | {"p95_ms": _p95(self.milliseconds)},
            intervals=intervals | {"p95_ms": interval(self.milliseconds, _p95, seed)},
            users=users[:, None],
        )


def _p95(milliseconds) -> float:
    return float(np.percentile(milliseconds, 95))


def _fitted(kind: Kind, training: RatingMatrix, profiles: list[Profile]) -> Recommender:
    model = kind()
    if isinstance(model, Transductive):
        return model.fit_with(training, profiles)
    return model.fit(training)


def _listed(model: Recommender, visitor: Visitor, given: Profile) -> np.ndarray:
    """Columns of the best films for a visitor who gives these ratings.

    None of `seen` comes back, given or not, so that lists of fewer ratings compare.
    """
    matrix = model.matrix_
    unseen = matrix.without(visitor.seen.tolist())
    return best(model.score(given), matrix.counts, LENGTH, unseen)
