import pandas as pd
import pytest

from dashboard.figures.smoothing import SMOOTH, smoothed

MONTHS = pd.DataFrame(
    {
        "month": pd.date_range("2001-01-01", periods=36, freq="MS"),
        "ratings": 15,
        "average_rating": [3.0, 4.0] * 18,
    }
)


@pytest.mark.parametrize(
    ("smooth", "name", "points"),
    [
        ("auto", "12 months", 36),
        ("12-months", "12 months", 36),
        ("quarter", "each quarter", 12),
        ("year", "each year", 3),
    ],
)
def test_each_choice_has_its_points(smooth, name, points):
    line = smoothed(MONTHS, smooth)
    assert (line.name, len(line.means)) == (name, points)


def test_few_ratings_take_more_years_unless_the_visitor_chose():
    few = MONTHS.assign(ratings=1)
    assert smoothed(few, "auto").name != "12 months"
    assert smoothed(few, "12-months").means["average_rating"].isna().all()


def test_every_choice_has_words():
    assert all(words.startswith("of ") for words in SMOOTH.values())
