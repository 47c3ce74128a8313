"""Ranked lists: how good are the ten films that each visitor is recommended?"""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate import metrics
from recommender.evaluate.bootstrap import interval
from recommender.evaluate.measured import Measured, PrimaryMeasure
from recommender.evaluate.splits import GIVEN, Visitor
from recommender.models.base import Profile, Recommender
from recommender.models.ranking import best

LENGTH = 10  # films in a list
FEWER_GIVEN = (5, 10)
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


def measure_lists(kind: Kind, split: Split, seed: int, progress: Progress) -> Measured:
    """Recommend to every visitor of a split.

    coverage: mean over the split's parts. p95_ms: of scoring all films and picking ten. Intervals
    are over visitors; coverage has none, because a redrawn part never reaches more films.
    """
    lists = _Lists()
    for part, (training, visitors) in enumerate(split, start=1):
        progress(f"fold {part}")
        lists.add_part(kind, training, visitors)
    return lists.measured(seed)


class _Lists:
    """What was measured so far."""

    def __init__(self) -> None:
        self.fit_seconds: list[float] = []
        self.coverages: list[float] = []
        self.by_visitor: dict[str, list[float]] = defaultdict(list)
        self.milliseconds: list[float] = []

    def add_part(self, kind: Kind, training: RatingMatrix, visitors: list[Visitor]) -> None:
        start = time.perf_counter()
        model = _fitted(kind, training, visitors, GIVEN)
        self.fit_seconds.append(time.perf_counter() - start)
        listed = [self._timed_list(model, visitor) for visitor in visitors]
        self.coverages.append(metrics.coverage(np.concatenate(listed), training.n_movies))
        for visitor, columns in zip(visitors, listed, strict=True):
            for name, value in _of_list(training, visitor, columns).items():
                self.by_visitor[name].append(value)
        for given in FEWER_GIVEN:
            if isinstance(model, Transductive):
                model = _fitted(kind, training, visitors, given)
            for visitor in visitors:
                value = _ndcg(training, visitor, _listed(model, visitor, given))
                self.by_visitor[f"{PRIMARY.name} given {given}"].append(value)

    def _timed_list(self, model: Recommender, visitor: Visitor) -> np.ndarray:
        start = time.perf_counter()
        listed = _listed(model, visitor, GIVEN)
        self.milliseconds.append((time.perf_counter() - start) * 1000)
        return listed

    def measured(self, seed: int) -> Measured:
        values = self.by_visitor
        intervals = {name: interval(values[name], seed=seed) for name in values}
        means = {name: float(np.mean(values[name])) for name in values}
        others = {"coverage": float(np.mean(self.coverages)), "p95_ms": _p95(self.milliseconds)}
        return Measured(
            fit_seconds=float(np.mean(self.fit_seconds)),
            counts={"visitors": len(self.milliseconds)},
            measures=means | others,
            intervals=intervals | {"p95_ms": interval(self.milliseconds, _p95, seed)},
            users=np.array(values[PRIMARY.name])[:, None],
        )


def _p95(milliseconds) -> float:
    return float(np.percentile(milliseconds, 95))


def _first(visitor: Visitor, given: int) -> dict[int, float]:
    return dict(list(visitor.given.items())[:given])


def _fitted(kind: Kind, training: RatingMatrix, visitors: list[Visitor], given: int) -> Recommender:
    model = kind()
    if isinstance(model, Transductive):
        return model.fit_with(training, [_first(visitor, given) for visitor in visitors])
    return model.fit(training)


def _listed(model: Recommender, visitor: Visitor, given: int) -> np.ndarray:
    """Columns of the best films for a visitor who gives the first so many ratings.

    None of `seen` comes back, given or not, so that lists of fewer ratings compare.
    """
    matrix = model.matrix_
    unseen = matrix.without(visitor.seen.tolist())
    return best(model.score(_first(visitor, given)), matrix.counts, LENGTH, unseen)


def _hits(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> np.ndarray:
    return np.isin(matrix.movie_ids[listed], visitor.relevant)


def _ndcg(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> float:
    return metrics.ndcg(_hits(matrix, visitor, listed), len(visitor.relevant), LENGTH)


def _of_list(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> dict[str, float]:
    hits = _hits(matrix, visitor, listed)
    return {
        PRIMARY.name: _ndcg(matrix, visitor, listed),
        f"recall@{LENGTH}": metrics.recall(hits, len(visitor.relevant)),
        f"hit_rate@{LENGTH}": metrics.hit(hits),
        "novelty": metrics.novelty(listed, matrix.counts, matrix.n_users),
        "popular_share": metrics.popular_share(listed, matrix.counts),
        "diversity": metrics.diversity(matrix.genre_flags[listed]),
    }
