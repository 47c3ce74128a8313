"""What the bars of a spread say."""

import pandas as pd

from dashboard.figures.star_bars import rating_distribution
from dashboard.theme import LIGHT
from tests.dashboard.figures.validated import validated


def test_few_are_not_none():
    rows = pd.DataFrame({"stars": [1.0, 2.0, 3.0], "ratings": [0, 1, 999]})
    rows["share"] = rows["ratings"] / 1000
    (bars,) = validated(rating_distribution(rows, LIGHT)).data
    assert list(bars.text) == ["0%", "<1%", "100%"]
