"""Numbers of the files' scale in exports and figures; stars stay what they are."""

import pandas as pd
import pytest

from dashboard.charting.on_scale import average_in_words, on_scale, rating_axis
from db.store.original_scale import OriginalScale

STARS, TEN = OriginalScale(), OriginalScale(1.0, 10.0, 1.0)


def test_ratings_and_spreads_become_numbers_of_the_scale():
    rows = pd.DataFrame(
        {"average_rating": [3.5, 5.0], "standard_deviation": [1.0, 0.0], "low": [3.0, 5.0]}
    )
    assert on_scale(rows, TEN).to_numpy().tolist() == [[7, 2, 6], [10, 0, 10]]
    assert on_scale(rows, STARS) is rows
    measures = pd.DataFrame({"value": [0.4], "low": [0.3], "high": [0.5]})
    assert on_scale(measures, TEN) is measures


@pytest.mark.parametrize(
    ("scale", "ticks"),
    [
        (STARS, [1, 2, 3, 4, 5]),
        (TEN, list(range(1, 11))),
        (OriginalScale(0.0, 100.0, 100 / 9), list(range(0, 101, 10))),
        (OriginalScale(0.0, 1.0, 1 / 9), [n / 10 for n in range(11)]),
    ],
)
def test_axes_have_few_round_numbers(scale, ticks):
    assert rating_axis(scale).ticks == pytest.approx(ticks)


def test_an_average_says_what_it_is_a_number_of():
    assert average_in_words(3.541, STARS) == ("3.54", "stars")
    assert average_in_words(3.541, TEN) == ("7.08", "of 1 to 10")
