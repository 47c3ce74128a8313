import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.item_cosine import ItemCosineRecommender

# Centred on 2.5:   film 10  film 20  film 30
#   user 1            2.0      1.0       .
#   user 2            1.0      2.0     -1.0
#   user 3             .       2.0     -2.0
RATINGS = pd.DataFrame(
    [
        (1, 10, 4.5),
        (1, 20, 3.5),
        (2, 10, 3.5),
        (2, 20, 4.5),
        (2, 30, 1.5),
        (3, 20, 4.5),
        (3, 30, 0.5),
    ],
    columns=["user_id", "movie_id", "rating"],
)
LENGTHS = np.sqrt([5.0, 9.0, 5.0])
PLAIN = (2 * 1 + 1 * 2) / (
    LENGTHS[0] * LENGTHS[1]
)  # films 10 and 20; the other pairs are below zero


@pytest.fixture
def tiny():
    return RatingMatrix.from_frame(RATINGS)


def test_hand_worked_similarities(tiny):
    model = ItemCosineRecommender(shrinkage=0).fit(tiny)
    assert model.similar(10) == [(20, pytest.approx(PLAIN))]
    assert model.similar(30) == []


def test_shrinkage_adds_to_the_denominator(tiny):
    model = ItemCosineRecommender(shrinkage=4.0).fit(tiny)
    assert model.similar(20) == [(10, pytest.approx(4 / (LENGTHS[0] * LENGTHS[1] + 4)))]


def test_hand_worked_scores_and_reasons(tiny):
    model = ItemCosineRecommender(shrinkage=0).fit(tiny)
    assert model.score({10: 4.0, 30: 5.0}) == pytest.approx([0, PLAIN * 1.5, 0])
    assert model.explain({10: 4.0, 30: 5.0}, 20) == [(10, pytest.approx(PLAIN * 1.5)), (30, 0.0)]


def test_a_low_rating_speaks_against_similar_films(tiny):
    model = ItemCosineRecommender(shrinkage=0).fit(tiny)
    assert model.score({10: 1.0})[1] == pytest.approx(PLAIN * -1.5)


def test_an_unknown_film_is_similar_to_none(tiny):
    assert ItemCosineRecommender().fit(tiny).similar(99) == []


@pytest.mark.slow
def test_keeps_the_nearest_of_all_films(models):
    """Against the similarities of three of the sample's films to all others, computed densely."""
    sample = models["item-cosine"].matrix_
    dense = sample.csr.toarray().astype(float)
    centred = np.where(dense > 0, dense - 2.5, 0)
    lengths = np.linalg.norm(centred, axis=0)
    for column in sample.by_popularity[[0, 500, 3000]]:
        expected = centred[:, column] @ centred / (lengths[column] * lengths + 20)
        expected[column] = 0
        similar = models["item-cosine"].similar(int(sample.movie_ids[column]), 50)
        found = sample.columns([movie_id for movie_id, _ in similar])
        assert [value for _, value in similar] == pytest.approx(expected[found], rel=1e-4)
        assert expected[found] == pytest.approx(np.sort(expected)[::-1][:50], rel=1e-4)
