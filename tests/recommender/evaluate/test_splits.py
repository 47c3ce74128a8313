import numpy as np
import pytest
from sklearn.model_selection import KFold

from recommender.data.rating_matrix import LIKED
from recommender.evaluate.splits import FEWEST_KNOWN, WELL_KNOWN, folds, visitor_folds


@pytest.mark.parametrize("n", [10, 13, 671])
@pytest.mark.parametrize("seed", [0, 7])
def test_folds_are_scikit_learns(n, seed):
    expected = KFold(5, shuffle=True, random_state=seed).split(np.zeros(n))
    for ours, theirs in zip(folds(n, 5, seed), expected, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(ours, theirs, strict=True))


@pytest.fixture(scope="module")
def split(matrix):
    return list(visitor_folds(matrix, seed=3))


def test_no_model_sees_a_visitor(split):
    for training, visitors in split:
        assert not np.isin([visitor.user_id for visitor in visitors], training.user_ids).any()


def test_every_user_is_held_out_once(matrix, split):
    held_out = np.concatenate(
        [np.setdiff1d(matrix.user_ids, training.user_ids) for training, _ in split]
    )
    assert np.array_equal(np.sort(held_out), matrix.user_ids)


def test_visitors_give_half_of_the_well_known_films_that_they_rated(matrix, split):
    most = 0
    for training, visitors in split:
        well_known = training.movie_ids[training.by_popularity[:WELL_KNOWN]]
        for visitor in visitors:
            row = matrix.csr[[np.searchsorted(matrix.user_ids, visitor.user_id)]].toarray()[0]
            known = np.isin(matrix.movie_ids[row > 0], well_known).sum()
            assert known >= FEWEST_KNOWN
            assert len(visitor.given) == min(15, known // 2)
            assert np.isin(list(visitor.given), well_known).all()
            assert row[matrix.columns(list(visitor.given))].tolist() == list(visitor.given.values())
            most = max(most, len(visitor.given))
    assert most == 15


def test_relevant_is_everything_else_they_like(matrix, split):
    visitor = split[0][1][0]
    row = matrix.csr[[np.searchsorted(matrix.user_ids, visitor.user_id)]].toarray()[0]
    liked = set(matrix.movie_ids[row >= LIKED].tolist())
    assert set(visitor.relevant.tolist()) == liked - set(visitor.given)
    assert len(visitor.relevant)


def test_seeded(matrix, split):
    def given(folds):
        return [(visitor.user_id, visitor.given) for _, visitors in folds for visitor in visitors]

    assert given(visitor_folds(matrix, seed=3)) == given(split)
    assert given(visitor_folds(matrix, seed=4)) != given(split)


def test_fewer_given_are_the_first_of_more(split):
    for _, visitors in split:
        for visitor in visitors:
            for n in (10, 5, 3, 1):
                fewer = list(visitor.stages[f"given {n}"].items())
                assert fewer == list(visitor.given.items())[:n]
