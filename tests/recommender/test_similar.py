import numpy as np
import pandas as pd
import pytest

from recommender.ratings import RatingMatrix
from recommender.similar import similar_movies

STARS = [  # users × films 10, 20, 30, 40
    [5, 5, 1, 0],
    [4, 4, 0, 2],
    [2, 2, 5, 0],
    [0, 0, 4, 3],
]


@pytest.fixture
def matrix() -> RatingMatrix:
    rows = [
        (user, 10 * (film + 1), float(stars))
        for user, line in enumerate(STARS)
        for film, stars in enumerate(line)
        if stars
    ]
    return RatingMatrix.from_frame(pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"]))


def test_the_film_rated_alike_comes_first(matrix):
    # 10 and 20 have equal columns (cosine 1, 3 in common); 30 shares two raters; 40 shares one: no evidence
    assert similar_movies(matrix, 10, 3) == [20, 30]


def test_the_order_is_that_of_the_formula(matrix):
    stars = np.array(STARS, dtype=float)
    lengths = np.linalg.norm(stars, axis=0)
    together = (stars > 0).astype(float).T @ (stars > 0)
    expected = stars.T @ stars / np.outer(lengths, lengths) * together / (together + 10)
    order = [
        10 * (int(film) + 1)
        for film in np.argsort(-expected[2], kind="stable")
        if film != 2 and together[2, film] > 1
    ]
    assert similar_movies(matrix, 30, 4) == order


def test_a_film_that_is_not_there_has_none(matrix):
    assert similar_movies(matrix, 99, 3) == []
