"""Visitors who answer the first questions, as far as they know the films."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.evaluate.splits import Visitor, folds, rated
from recommender.questions.quick_start import WELL_KNOWN, questions
from recommender.questions.strategies import POPULAR, movies_to_rate

ASKED = (5, 10, 30)
FEWEST_LIKED = 2
LONGER = {
    "after 10": "",
    "after 30": "after 10",
    **{f"well known {n}": f"well known {fewer}" for fewer, n in pairwise(ASKED)},
}
"""By what a stage is called, that with fewer questions."""


def question_folds(
    matrix: RatingMatrix, n_folds: int = 5, seed: int = 0
) -> Iterator[tuple[RatingMatrix, list[Visitor]]]:
    """Every user held out once: the other users' matrix, and the fold's users as visitors to it.

    A random half of the films that a visitor likes are relevant. They are asked the questions of
    the quick start but those about relevant films, and answer those about films that they rated:
    they give what they have answered after 5 questions, and as stages after 10 and 30, and after as
    many about "well known" films, in an order drawn for each. The other well-known films that they
    rated are `seen`. Users who like fewer than 2 films that the training users rated are left out.
    """
    for training_rows, rows in folds(matrix.n_users, n_folds, seed):
        training = matrix.take_users(training_rows)
        quick_start = questions(training).tolist()
        yield training, [*_visitors(matrix, training, rows, quick_start, seed)]


def _visitors(matrix, training, rows, quick_start: list[int], seed: int) -> Iterator[Visitor]:
    well_known = training.movie_ids[training.by_popularity[:WELL_KNOWN]]
    for row in rows:
        films, stars = rated(matrix, row)
        there = training.columns(films.tolist()) >= 0
        films, stars = films[there], stars[there]
        liked = np.random.default_rng([seed, row]).permutation(films[stars >= LIKED])
        if len(liked) < FEWEST_LIKED:
            continue
        relevant = liked[: len(liked) // 2]
        rest = ~np.isin(films, relevant)
        known = dict(zip(films[rest].tolist(), stars[rest].tolist(), strict=True))
        orders = {
            "after": quick_start,
            "well known": movies_to_rate(training, "popular", POPULAR, seed + int(row)),
        }
        given = _stages(orders, known, set(relevant.tolist()))
        first = given.pop(f"after {ASKED[0]}")
        seen = films[rest & np.isin(films, well_known)]
        yield Visitor(int(matrix.user_ids[row]), first, seen, relevant, given)


def _stages(
    orders: Mapping[str, Sequence[int]], known: Mapping[int, float], relevant: Collection[int]
) -> dict[str, dict[int, float]]:
    """What is given after each number of questions in each order."""
    asked = {how: [film for film in order if film not in relevant] for how, order in orders.items()}
    return {f"{how} {n}": answers(asked[how][:n], known) for how in orders for n in ASKED}


def answers(asked: Sequence[int], known: Mapping[int, float]) -> dict[int, float]:
    """The stars of those of the films that the visitor knows; of the others, "haven't seen"."""
    return {film: known[film] for film in asked if film in known}
