"""Stars as numbers of the dataset's scale, in words."""

import pytest

from dashboard.rated_places import RatedPlaces, rated_places
from dashboard.rated_words import RatedWords
from db.store.original_scale import OriginalScale

STARS = RatedWords()
WHOLE_STARS = RatedWords(OriginalScale(1.0, 5.0, 0.5))
TEN = RatedWords(OriginalScale(1.0, 10.0, 1.0))
HUNDRED = RatedWords(OriginalScale(0.0, 100.0, 100 / 9))
THUMBS = RatedWords(OriginalScale(0.0, 1.0, 1 / 9))
SIX = RatedWords(OriginalScale(0.0, 5.0, 1.0))


@pytest.mark.parametrize(
    ("words", "given", "predicted", "mean"),
    [
        (STARS, "3.5 ★", "3.7 ★", "3.54 ★"),
        (WHOLE_STARS, "3.5 ★", "3.7 ★", "3.54 ★"),
        (TEN, "7 of 10", "7.4 of 10", "7.08 of 10"),
        (HUNDRED, "67 of 100", "71 of 100", "67.56 of 100"),
        (THUMBS, "0.7 of 1", "0.7 of 1", "0.68 of 1"),
    ],
)
def test_ratings_are_numbers_of_the_scale(words, given, predicted, mean):
    assert words.rating(3.5) == given
    assert words.predicted_rating(3.7) == predicted
    assert words.mean_rating(3.54) == mean


def test_differences_are_points_of_the_scale():
    assert (STARS.apart(0.5), STARS.unit) == (0.5, "stars")
    assert (TEN.apart(0.5), TEN.unit) == (1.0, "points")
    assert STARS.mean_in_words(3.541) == "3.54 stars"
    assert TEN.mean_in_words(3.541) == "7.08 of 10"


@pytest.mark.parametrize(
    ("words", "worst", "shown"),
    [
        (STARS, 0.5, "0.5 ★"),
        (WHOLE_STARS, 1.0, "1 ★"),
        (TEN, 0.5, "1 of 10"),
        (HUNDRED, 0.5, "0 of 100"),
        (THUMBS, 0.5, "0 of 1"),
        (SIX, 2.5, "0 of 5"),
    ],
)
def test_sliders_begin_at_the_worst_rating(words, worst, shown):
    assert rated_places({1, 2, 3}, words.scale).worst == worst
    assert words.rating(worst) == shown


def test_the_scripts_are_told_of_every_other_scale():
    assert STARS.as_json(RatedPlaces()) is None
    assert WHOLE_STARS.as_json(RatedPlaces(1.0, 0.5))["worst"] == 1
    assert STARS.as_json(RatedPlaces(1.0, 1.0))["step"] == 1
    told = {"best": 10.0, "star": 2.0, "worst": 0.5, "step": 0.5, "places": 0, "stars": False}
    assert TEN.as_json(RatedPlaces()) == told
