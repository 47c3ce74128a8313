"""Profiles as inputs, by hand and in both forms."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.encoder.film_features import film_features
from recommender.models.encoder.profiles import LEVELS, Inputs


@pytest.fixture
def three():
    """Three films: a drama of 1994, a comedy and drama of 2001, and one of which all is unknown."""
    ratings = pd.DataFrame({"user_id": [1, 1, 1], "movie_id": [1, 2, 3], "rating": [5.0, 4.0, 3.0]})
    movies = pd.DataFrame(
        {
            "movie_id": [1, 2, 3],
            "title": ["A", "B", "C"],
            "release_year": [1994, 2001, None],
            "genres": ["Drama", "Comedy|Drama", ""],
        }
    ).astype({"release_year": "Int64"})
    return RatingMatrix.from_frame(ratings, movies)


def test_films_share_genres_and_decades(three):
    """Columns: Comedy, Drama, the nineties, the noughties."""
    expected = [[0, 1, 1, 0], [1, 1, 0, 1], [0, 0, 0, 0]]
    assert np.array_equal(film_features(three).toarray(), expected)


def test_a_profile_by_hand(three):
    """5 and 3 stars for films 0 and 1, of which film 1 is known by its features alone."""
    inputs = Inputs(three, np.array([0, 2]))
    row = inputs.rows([np.array([0, 1])], [np.array([5.0, 3.0])]).toarray()[0]
    scale, mean = 2 / np.sqrt(2), (5 + 3 + 2 * 3.5) / 4
    first, second = (5 - mean) / 2, (3 - mean) / 2
    expected = np.zeros(inputs.n_inputs)
    expected[4 * 2 + 0] = scale  # film 0 × five whole stars
    expected[LEVELS * 2 + 0] = scale * first
    features = expected[(LEVELS + 1) * 2 :]
    features += scale * (1 + 2 * first) * np.array([0, 1, 1, 0])
    features += scale * (1 + 2 * second) * np.array([1, 1, 0, 1])
    assert row == pytest.approx(expected)


def test_both_forms_are_one(matrix):
    """For a profile and every part of it with one film left out, among them unknown films."""
    films = np.flatnonzero(matrix.counts >= 5)
    inputs = Inputs(matrix, films)
    rng = np.random.default_rng(0)
    weights = rng.normal(size=(inputs.n_inputs, 3)).astype(np.float32)
    columns = np.sort(rng.permutation(matrix.n_movies)[:9])
    assert (inputs.places[columns] < 0).any() and (inputs.places[columns] >= 0).any()
    stars = rng.integers(1, 11, 9) / 2
    kept = np.vstack([np.ones(9), 1 - np.eye(9)])
    parts = [(columns[row > 0], stars[row > 0]) for row in kept]
    rows = inputs.rows(*map(list, zip(*parts, strict=True)))
    embedded = inputs.embed(weights, columns, stars, kept)
    assert embedded == pytest.approx(rows @ weights, abs=1e-4)


def test_no_film_is_nowhere(three):
    inputs = Inputs(three, np.array([0, 1, 2]))
    weights = np.ones((inputs.n_inputs, 2), np.float32)
    embedded = inputs.embed(weights, np.array([1]), np.array([4.0]), np.zeros((1, 1)))
    assert not embedded.any()
