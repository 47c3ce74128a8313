"""Who rates alike, in a small world in which that is known."""

import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.taste.twins import twins

# Films 1 to 4 divide users 10 and 11 from 20 and 21; films 5 and 6 are known to one side each.
STARS = {
    10: {1: 5, 2: 5, 3: 1, 4: 1, 5: 5},
    11: {1: 5, 2: 4, 3: 1, 4: 2, 7: 5},
    20: {1: 1, 2: 1, 3: 5, 4: 5, 6: 5},
    21: {1: 1, 2: 2, 3: 5},
    30: {1: 5},
}
ME = {1: 5.0, 2: 4.5, 3: 1.0, 4: 1.5, 99: 3.0}


@pytest.fixture(scope="module")
def matrix() -> RatingMatrix:
    rows = [(user, film, stars) for user, of in STARS.items() for film, stars in of.items()]
    return RatingMatrix.from_frame(pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"]))


def test_the_most_alike_come_first_and_the_contrary_never(matrix):
    found = twins(matrix, ME)
    assert {twin.user_id for twin in found} == {10, 11}
    assert found[0].likeness >= found[1].likeness > 0
    assert all(twin.common == 4 for twin in found)
    assert {twin.user_id: twin.apart for twin in found} == {10: 0.25, 11: 0.25}


def test_what_both_like_and_what_is_new_to_me(matrix):
    found = {twin.user_id: twin for twin in twins(matrix, ME)}
    assert dict(found[10].shared) == {1: 5, 2: 5}
    assert found[10].unseen == ((5, 5.0),)
    assert found[11].unseen == ((7, 5.0),)


def test_a_user_is_not_their_own_twin(matrix):
    mine = {film: float(stars) for film, stars in STARS[10].items()}
    assert [twin.user_id for twin in twins(matrix, mine, without=10)] == [11]
    assert twins(matrix, mine)[0].user_id == 10


def test_too_little_in_common_is_nothing(matrix):
    assert twins(matrix, {1: 5.0, 2: 5.0}) == []
    assert twins(matrix, {}) == twins(matrix, {98: 1.0, 99: 2.0, 97: 3.0}) == []


def test_at_most_so_many(matrix):
    assert len(twins(matrix, ME, n=1)) == 1
