"""Rank-biased overlap, by hand."""

import pytest

from recommender.serving.list_agreement import rank_biased_overlap


@pytest.mark.parametrize(
    ("one", "other", "p", "agreement"),
    [
        ([1, 2, 3], [1, 2, 3], 0.9, 1.0),
        ([1, 2, 3], [4, 5, 6], 0.9, 0.0),
        ([], [1], 0.9, 0.0),
        # Depths 1 and 2 share 0 and 2 films: 1 · p² + (1 − p)/p · p² = p² + p − p² = p.
        ([1, 2], [2, 1], 0.9, 0.9),
        ([1, 2], [2, 1], 0.5, 0.5),
        # Depths share 1, 1: ½ p² + (1 − p)/p (p + ½ p²), p = ½: 1/8 + 5/8.
        ([1, 2], [1, 3], 0.5, 0.75),
        ([1, 2, 9, 8], [1, 3], 0.5, 0.75),
    ],
)
def test_overlap_weighs_the_beginning_most(one, other, p, agreement):
    assert rank_biased_overlap(one, other, p) == pytest.approx(agreement)


def test_a_difference_at_the_top_costs_more_than_one_at_the_end():
    films = list(range(10))
    top, end = [99, *films[1:]], [*films[:-1], 99]
    assert rank_biased_overlap(films, top) < rank_biased_overlap(films, end)
