import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models import shared_love
from recommender.models.shared_love import SharedLove, loved_by_the_same


@pytest.fixture
def matrix() -> RatingMatrix:
    """Twenty users love 1 and 2 and rate 3 low; sixty others love 3 and 4, which all rate."""
    cells = [(user, film, 5.0) for user in range(20) for film in (1, 2)]
    cells += [(user, 3, 2.0) for user in range(20)] + [(user, 4, 5.0) for user in range(80)]
    cells += [(user, 3, 5.0) for user in range(20, 80)]
    return RatingMatrix.from_frame(pd.DataFrame(cells, columns=["user_id", "movie_id", "rating"]))


def test_what_all_love_does_not_stand_out_and_what_is_rated_low_is_not_loved(matrix):
    assert loved_by_the_same(matrix, 1) == [SharedLove(2, 1.0)]


def test_few_or_unknown_tell_nothing(matrix, monkeypatch):
    assert loved_by_the_same(matrix, 99) == []
    monkeypatch.setattr(shared_love, "FEW", 21)
    assert loved_by_the_same(matrix, 1) == []


def test_of_very_many_only_some_are_asked(matrix, monkeypatch):
    monkeypatch.setattr(shared_love, "MOST", 12)
    assert loved_by_the_same(matrix, 1) == [SharedLove(2, 1.0)]
