import numpy as np
import pytest
from sklearn.model_selection import KFold

from recommender.data.rating_log import RatingLog
from recommender.evaluate.splits import (
    FEWEST_GIVEN,
    LIKED,
    WELL_KNOWN,
    day_after_most,
    folds,
    time_split,
    visitor_folds,
)


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


def test_visitors_give_real_ratings_of_well_known_films(matrix, split):
    for training, visitors in split:
        well_known = training.movie_ids[training.by_popularity[:WELL_KNOWN]]
        for visitor in visitors:
            assert FEWEST_GIVEN <= len(visitor.given) <= 15
            assert np.isin(list(visitor.given), well_known).all()
            row = matrix.csr[[np.searchsorted(matrix.user_ids, visitor.user_id)]].toarray()[0]
            assert row[matrix.columns(list(visitor.given))].tolist() == list(visitor.given.values())


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


def test_fewer_given_are_the_first_of_more(matrix, split):
    few = {
        v.user_id: v.given
        for _, visitors in visitor_folds(matrix, seed=3, given=5)
        for v in visitors
    }
    for _, visitors in split:
        for visitor in visitors:
            assert list(few[visitor.user_id].items()) == list(visitor.given.items())[:5]


DAY = 86_400
DATE = 100 * DAY


@pytest.fixture(scope="module")
def handmade():
    """Films 1 to 40; user 1 was there before the date, user 2 came after it, user 3 left."""
    known = [(1, film, 5.0, DATE - 40 + film) for film in range(1, 21)]
    known += [(1, 30, 4.5, DATE), (1, 31, 2.0, DATE + 1), (1, 40, 5.0, DATE + 2)]
    new = [(2, film, 4.0, DATE + film) for film in range(1, 19)]
    gone = [(3, film, 3.0, DAY) for film in range(1, 39)]
    columns = zip(*known, *new, *gone, strict=True)
    users, films, stars, seconds = (np.array(column) for column in columns)
    return RatingLog("handmade", "f", users, films, stars.astype(np.float32), seconds)


def test_time_split_learns_from_before_the_date_only(handmade):
    training, _ = time_split(handmade, DATE)
    assert training.user_ids.tolist() == [1, 3]
    assert training.csr.nnz == 20 + 38
    assert 40 not in training.movie_ids


def test_a_known_user_gives_the_latest_ratings_and_is_asked_from_the_date_on(handmade):
    _, (known, _) = time_split(handmade, DATE)
    assert list(known.given) == list(range(20, 5, -1))
    assert sorted(known.seen.tolist()) == list(range(1, 21))
    assert known.relevant.tolist() == [30]  # 31 is not liked, nobody had rated 40


def test_a_new_user_gives_the_first_ratings_and_is_asked_after_them(handmade):
    _, (_, new) = time_split(handmade, DATE)
    assert list(new.given) == list(range(1, 16))
    assert new.seen.tolist() == list(range(1, 16))
    assert new.relevant.tolist() == [16, 17, 18]


def test_the_day_by_which_most_ratings_were_given(handmade):
    """58 of 79 ratings lie before the date, so that the 80 % lie on it."""
    assert day_after_most(handmade) == DATE
