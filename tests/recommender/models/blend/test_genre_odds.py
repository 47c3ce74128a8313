"""The odds of genres."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.blend.genre_odds import GenreOdds

GENRES = ["Drama"] * 6 + ["Documentary"] * 4


@pytest.fixture
def ten():
    """Ten films: six dramas that 50 people like each, four documentaries that one likes."""
    rows = [(user, film, 5.0) for film in range(6) for user in range(50)]
    rows += [(60, film, 5.0) for film in range(6, 10)]
    ratings = pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"])
    films = pd.DataFrame(
        {"movie_id": range(10), "title": "x", "release_year": None, "genres": GENRES}
    )
    matrix = RatingMatrix.from_frame(ratings, films)
    return GenreOdds(matrix, matrix.counts)


def odds(genres: GenreOdds, columns: list[int], stars: float = 5.0) -> np.ndarray:
    given = np.array(columns)
    return genres.scores(given, np.full(len(given), stars), np.ones((1, len(given))))[0]


def test_by_hand(ten):
    """Three documentaries: k = 2 of n = 2 likes but for chance, q = 4.5 / 305."""
    q = 4.5 / 305
    p = (2 + 5 * q) / 7
    documentary = np.log(p / (1 - p)) - np.log(q / (1 - q)) - 1.5
    found = odds(ten, [6, 7, 8])
    assert found[9] == pytest.approx(documentary)
    q = 300.5 / 305
    p = 5 * q / 7
    drama = np.log(p / (1 - p)) - np.log(q / (1 - q)) + 1.5
    assert found[0] == pytest.approx(drama) and drama < 0 < documentary


def test_the_usual_says_nothing(ten):
    assert not odds(ten, [0, 1, 2, 3, 4]).any()


def test_one_film_is_no_taste(ten):
    assert not odds(ten, [6]).any()


def test_what_was_not_liked_is_no_taste(ten):
    assert not odds(ten, [6, 7, 8], stars=3.5).any()
