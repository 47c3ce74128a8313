"""Every measure against a case worked by hand."""

from math import log2

import numpy as np
import pytest

from recommender.evaluate import metrics


def test_rmse_and_mae():
    predicted, actual = np.array([3.0, 5.0, 1.0]), np.array([4.0, 3.0, 1.0])
    assert metrics.rmse(predicted, actual) == pytest.approx((5 / 3) ** 0.5)
    assert metrics.mae(predicted, actual) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("hits", "n_relevant", "expected"),
    [
        ([1, 0, 1, 0], 2, (1 + 1 / log2(4)) / (1 + 1 / log2(3))),
        ([0, 1, 0, 0], 1, 1 / log2(3)),
        ([1, 1, 0, 0], 2, 1),
        ([1, 1, 1, 1], 9, 1),  # the list is shorter than what is relevant
        ([0, 0, 0, 0], 3, 0),
    ],
)
def test_ndcg(hits, n_relevant, expected):
    assert metrics.ndcg(np.array(hits), n_relevant) == pytest.approx(expected)


def test_ndcg_of_a_short_list_still_has_the_ideal_of_k():
    """One film left to recommend, two relevant: the second place counts as missed."""
    assert metrics.ndcg(np.array([True]), 2, k=10) == pytest.approx(1 / (1 + 1 / log2(3)))


def test_recall_and_hit():
    hits = np.array([True, False, True])
    assert metrics.recall(hits, 8) == 0.25
    assert metrics.hit(hits) == 1
    assert metrics.hit(np.array([False, False])) == 0


def test_coverage():
    assert metrics.coverage(np.array([[0, 1], [1, 2]]), 12) == 0.25


def test_novelty():
    """Films that 1 in 4 and 1 in 8 users rated tell 2 and 3 bits."""
    assert metrics.novelty(np.array([0, 2]), np.array([4, 16, 2]), 16) == 2.5


def test_stratified_ndcg():
    """Films rated 4 and 100 times hit at ranks 1 and 3; the best list has those rated 1 and 4."""
    found = metrics.stratified_ndcg(
        np.array([1, 0, 1]), np.array([4, 9, 100]), np.array([100, 1, 4]), k=2 + 1
    )
    ideal = 1 + 0.5 / log2(3) + 0.1 / 2
    assert found == pytest.approx((0.5 + 0.1 / 2) / ideal)


def test_stratified_ndcg_of_the_rarest_first_is_perfect():
    assert metrics.stratified_ndcg(
        np.array([1, 1]), np.array([4, 100]), np.array([100, 4]), k=10
    ) == pytest.approx(1)


def test_stratified_ndcg_of_a_film_that_nobody_rated():
    """It can't be listed, and counts as rated once."""
    found = metrics.stratified_ndcg(np.array([1]), np.array([1]), np.array([0, 1]), k=1)
    assert found == pytest.approx(1)


def test_fame_is_the_share_among_the_fifty_most_rated():
    assert metrics.fame(np.array([199, 149, 150, 0]), np.arange(200)[::-1]) == 0.5


def test_overlap_compares_lists_of_different_groups():
    """Of the pairs across groups, one shares one film in two and one none."""
    lists = [np.array([1, 2]), np.array([1, 2]), np.array([2, 3])]
    assert metrics.overlap(lists[1:], ["a", "b"]) == 0.5
    assert metrics.overlap([*lists[:2], np.array([4, 5])], ["a", "a", "b"]) == 0
    assert metrics.overlap(lists, ["a", "a", "a"]) == 0


def test_popular_share():
    by_popularity = np.arange(200)[::-1]  # the most popular 1 % are films 199 and 198
    assert metrics.popular_share(np.array([199, 3, 198, 5]), by_popularity) == 0.5


def test_popular_share_knows_at_least_one_popular_film():
    assert metrics.popular_share(np.array([1, 2]), np.array([1, 2, 0])) == 0.5


def test_diversity():
    """Cosines of the three pairs: 1/√2, 0 (no genres) and 0."""
    genres = np.array([[1, 1, 0], [1, 0, 0], [0, 0, 0]], dtype=bool)
    assert metrics.diversity(genres) == pytest.approx(1 - 1 / (3 * 2**0.5))


def test_diversity_of_one_film_is_nothing():
    assert metrics.diversity(np.array([[1, 0]], dtype=bool)) == 0
