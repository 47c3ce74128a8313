import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommender.models.ranking import best

SCORES = np.array([1.0, 3.0, 2.0, 3.0, 2.0])
COUNTS = np.array([9, 1, 5, 7, 5])


@pytest.mark.parametrize(
    ("n", "expected"), [(0, []), (1, [3]), (2, [3, 1]), (3, [3, 1, 2]), (9, [3, 1, 2, 4, 0])]
)
def test_equal_scores_go_by_count_then_by_place(n, expected):
    assert best(SCORES, COUNTS, n).tolist() == expected


def test_among_leaves_the_others_out():
    assert best(SCORES, COUNTS, 2, np.array([1, 1, 0, 0, 1], bool)).tolist() == [1, 4]
    assert best(SCORES, COUNTS, 2, np.zeros(5, bool)).tolist() == []


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1), st.integers(0, 8))
def test_the_shortcut_equals_sorting_everything(films, n):
    scores, counts = np.array(films, dtype=float).T
    places = range(len(films))
    expected = sorted(places, key=lambda i: (-scores[i], -counts[i], i))[:n]
    assert best(scores, counts, n).tolist() == expected
