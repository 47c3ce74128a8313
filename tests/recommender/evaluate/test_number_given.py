"""How many films a visitor gives says nothing about what to list.

In version 1 of the protocol `visitor` it did: who gave fewer than 15 of the well-known films had
rated no other, so that a model won by listing none of them.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.evaluate.bootstrap import interval
from recommender.evaluate.list_measures import accuracy
from recommender.evaluate.splits import WELL_KNOWN, Visitor, folds, giving, rated, visitor_folds
from recommender.models.ranking import best

pytestmark = pytest.mark.slow

Visits = Callable[[RatingMatrix], Iterator[tuple[RatingMatrix, list[Visitor]]]]


def as_they_were(matrix: RatingMatrix) -> Iterator[tuple[RatingMatrix, list[Visitor]]]:
    """Version 1: visitors give all well-known films that they rated, at most 15."""
    for training_rows, test_rows in folds(matrix.n_users, 5, seed=0):
        training = matrix.take_users(training_rows)
        well_known = training.movie_ids[training.by_popularity[:WELL_KNOWN]]
        visitors = []
        for row in test_rows:
            films, stars = rated(matrix, row)
            given = np.random.default_rng(row).permutation(
                np.flatnonzero(np.isin(films, well_known))
            )
            given = given[:15]
            relevant = films[(stars >= LIKED) & ~np.isin(films, films[given])]
            if len(given) >= 5 and len(relevant):
                visitors.append(giving(row, films[given], stars[given], films[given], relevant))
        yield training, visitors


def ndcg(matrix: RatingMatrix, visitor: Visitor, skipped: int) -> float:
    """Of the most rated films, from a rank on."""
    among = matrix.without(visitor.seen.tolist())
    among[matrix.by_popularity[:skipped]] = False
    listed = best(matrix.counts, matrix.counts, 10, among)
    return accuracy(matrix, visitor, listed)["ndcg@10"]


def learned(training: RatingMatrix, visits: Visits) -> dict[int, int]:
    """By the number given: from which rank on popularity did better with the training users."""
    found: dict[int, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for matrix, visitors in visits(training):
        for visitor in visitors:
            for skipped in (0, WELL_KNOWN):
                found[len(visitor.given)][skipped].append(ndcg(matrix, visitor, skipped))
    return {
        given: max(values, key=lambda skipped: np.mean(values[skipped]))
        for given, values in found.items()
    }


def gain(matrix: RatingMatrix, visits: Visits) -> tuple[float, float]:
    """95 % interval of what popularity that learned from the number given adds to popularity."""
    gains = []
    for training, visitors in visits(matrix):
        choice = learned(training, visits)
        for visitor in visitors:
            ours = ndcg(training, visitor, choice.get(len(visitor.given), 0))
            gains.append(ours - ndcg(training, visitor, 0))
    return interval(gains)


def test_popularity_gains_nothing_by_the_number_given(matrix):
    low, high = gain(matrix, visitor_folds)
    assert low <= 0
    assert high < 0.005


def test_it_did_when_all_well_known_films_were_given(matrix):
    low, _ = gain(matrix, as_they_were)
    assert low > 0


@pytest.mark.parametrize("given", [2, 5, 7])
def test_visitors_who_give_few_like_well_known_films_as_others_do(matrix, given):
    liked = [
        np.isin(training.movie_ids[training.by_popularity[:WELL_KNOWN]], visitor.relevant).any()
        for training, visitors in visitor_folds(matrix)
        for visitor in visitors
        if len(visitor.given) == given
    ]
    assert np.mean(liked) > 0.6
