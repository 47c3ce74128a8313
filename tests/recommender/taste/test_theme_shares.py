import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.nmf import NMFRecommender
from recommender.taste.theme_shares import theme_shares


@pytest.fixture
def two_tastes() -> NMFRecommender:
    """30 users rate only films 0 to 9, 10 only films 10 to 19."""
    cells = [(u, i + 10 * (u >= 30)) for u in range(40) for i in range(10) if (u + i) % 4]
    ratings = pd.DataFrame(cells, columns=["user_id", "movie_id"]).assign(rating=4.0)
    films = pd.DataFrame({"movie_id": range(20), "title": "", "release_year": 2000, "genres": ""})
    return NMFRecommender(n_factors=2).fit(RatingMatrix.from_frame(ratings, films))


def test_a_taste_lies_in_the_theme_of_its_films(two_tastes):
    first = int(two_tastes.factors_[:, 0].argmax())
    own, everybody = theme_shares(two_tastes, {0: 5.0, 1: 4.0, 999: 5.0})
    assert own[first] == pytest.approx(1, abs=0.01)
    assert everybody[first] == pytest.approx(0.75, abs=0.03)  # 30 of 40 users
    mixed, _ = theme_shares(two_tastes, {0: 4.0, 1: 4.0, 10: 4.0, 11: 4.0})
    assert mixed == pytest.approx([0.5, 0.5], abs=0.1)


def test_of_unknown_films_nothing_is_said(two_tastes):
    own, everybody = theme_shares(two_tastes, {999: 5.0})
    assert own.tolist() == [0, 0]
    assert np.sum(everybody) == pytest.approx(1)
