import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.questions.quick_start import next_questions, questions


@pytest.fixture(scope="module")
def matrix(matrix):
    """A third of the sample's users, among whom questions are found in a third of the time."""
    return matrix.take_users(np.arange(0, matrix.n_users, 3))


@pytest.fixture(scope="module")
def order(matrix):
    return questions(matrix)


def test_all_well_known_films_once_each_and_always_the_same(order, matrix):
    assert sorted(order) == sorted(matrix.movie_ids[matrix.by_popularity[:100]])
    assert np.array_equal(order, questions(matrix))


def test_the_first_are_not_simply_the_most_rated(order, matrix):
    assert set(order[:5]) != set(matrix.movie_ids[matrix.by_popularity[:5]])


def test_no_early_question_is_a_sequel_of_another(order, matrix):
    stars = matrix.csc[:, matrix.columns(order[:10].tolist())].toarray()
    signal = np.where(stars > 0, stars - 2.5, 0)
    unit = signal / np.linalg.norm(signal, axis=0)
    assert np.triu(unit.T @ unit, k=1).max() <= 0.6


def test_a_film_that_tells_what_people_like_comes_before_one_that_tells_nothing():
    """Film 0 is rated alike by all; half love film 1 and 10 to 19, half film 2 and 20 to 29."""
    rng = np.random.default_rng(0)
    rows = []
    for user in range(200):
        kind = user % 2
        rows += [(user, 0, 4.0), (user, 1, 5.0 - 4 * kind), (user, 2, 1.0 + 4 * kind)]
        rows += [(user, 10 + 10 * kind + i, 5.0) for i in rng.permutation(10)[:6]]
    matrix = RatingMatrix.from_frame(pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"]))
    assert questions(matrix)[0] in (1, 2)


def test_where_nobody_likes_anything_the_most_rated_come_first():
    ratings = pd.DataFrame({"user_id": [1, 1, 2, 2, 3], "movie_id": [5, 6, 7, 5, 5], "rating": 1.0})
    assert questions(RatingMatrix.from_frame(ratings)).tolist() == [5, 6, 7]


def test_skipped_questions_give_way_to_the_next():
    order = np.array([4, 9, 2, 7])
    assert next_questions(order, 2, skip=()) == [4, 9]
    assert next_questions(order, 2, skip={4, 2, 99}) == [9, 7]
    assert next_questions(order, 5, skip={9}) == [4, 2, 7]
