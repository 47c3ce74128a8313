"""What lists gain and lose as visitors ask for more popular or more surprising films."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

import numpy as np

from recommender.evaluate import metrics
from recommender.evaluate.list_measures import LENGTH, accuracy
from recommender.evaluate.splits import Visitor
from recommender.models.base import Recommender
from recommender.models.blend.surprise import LEVELS
from recommender.models.ranking import best

AT = " surprise "
"""Follows a measure's name where it was taken at a level; then comes the level, as in "+0.4"."""


@runtime_checkable
class Leaning(Protocol):
    """A model whose lists can be made more popular or more surprising."""

    def leaning(self, scores: np.ndarray, surprise: float) -> np.ndarray:
        """Scores of every film as they are at that level; see recommender.models.blend.surprise."""


def at_levels(
    model: Recommender, visitors: Sequence[Visitor]
) -> tuple[list[dict[str, float]], dict[str, float]]:
    """Of each visitor NDCG, stratified NDCG and fame at every level; of all together coverage.

    Nothing of models that know no levels.
    """
    if not isinstance(model, Leaning):
        return [{} for _ in visitors], {}
    lists = [[*_lists(model, visitor)] for visitor in visitors]
    of_visitors = [
        {
            name + suffix: value
            for suffix, listed in zip(_suffixes(), of_levels, strict=True)
            for name, value in _measures(model, visitor, listed).items()
        }
        for visitor, of_levels in zip(visitors, lists, strict=True)
    ]
    n_movies = model.matrix_.n_movies
    return of_visitors, {
        f"coverage{suffix}": metrics.coverage(np.concatenate(of_level), n_movies)
        for suffix, *of_level in zip(_suffixes(), *lists, strict=True)
    }


def _suffixes() -> list[str]:
    return [f"{AT}{level:+.1f}" for level in LEVELS]


def _lists(model, visitor: Visitor) -> Iterator[np.ndarray]:
    """The ten films (columns) at each level; the scores are made once."""
    matrix, scores = model.matrix_, model.score(visitor.given)
    unseen = matrix.without(visitor.seen.tolist())
    for level in LEVELS:
        yield best(model.leaning(scores, level), matrix.counts, LENGTH, unseen)


def _measures(model: Recommender, visitor: Visitor, listed: np.ndarray) -> dict[str, float]:
    matrix = model.matrix_
    fame = metrics.fame(listed, matrix.by_popularity)
    return {**accuracy(matrix, visitor, listed), "fame": fame}
