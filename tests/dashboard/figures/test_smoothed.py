import numpy as np
import pandas as pd
import pytest

from dashboard.figures.smoothed import add_average, months_around, smoothed
from dashboard.theme import LIGHT, figure

MONTHS = 12


def rows(start: str, ratings: list[int], averages: list[float]) -> pd.DataFrame:
    months = pd.date_range(start, periods=len(ratings), freq="MS")
    given = pd.DataFrame({"month": months, "ratings": ratings, "average_rating": averages})
    return given[given["ratings"] > 0].reset_index(drop=True)


@pytest.fixture
def noisy():
    random = np.random.default_rng(0)
    ratings = random.integers(1, 200, 60)
    return rows("2000-01-01", list(ratings), list(random.normal(3.5, 1 / np.sqrt(ratings))))


def test_the_line_is_the_mean_of_the_ratings_of_twelve_months(noisy):
    twelve = noisy.iloc[24 : 24 + MONTHS]
    weighted = np.average(twelve["average_rating"], weights=twelve["ratings"])
    point = smoothed(noisy, MONTHS).iloc[24 + MONTHS // 2]
    assert point["average"] == pytest.approx(weighted)
    assert point["ratings"] == twelve["ratings"].sum()


def test_the_error_is_that_of_a_ratio_of_sums_over_months(noisy):
    twelve = noisy.iloc[24 : 24 + MONTHS]
    n, means = twelve["ratings"].to_numpy(), twelve["average_rating"].to_numpy()
    residuals = n * (means - np.average(means, weights=n))
    error = np.sqrt(MONTHS / (MONTHS - 1) * (residuals**2).sum()) / n.sum()
    point = smoothed(noisy, MONTHS).iloc[24 + MONTHS // 2]
    assert point["high"] - point["low"] == pytest.approx(2 * 1.96 * error)


def test_one_rating_makes_no_peak():
    """February 1999 of the sample: one rating of 5.0 among months of thousands."""
    ratings, averages = [2000] * 24, [3.5] * 24
    ratings[13], averages[13] = 1, 5.0
    line = smoothed(rows("1998-01-01", ratings, averages), MONTHS)
    assert line["average"].max() == pytest.approx(3.5, abs=0.001)


def test_there_is_no_line_where_the_months_around_have_few_ratings():
    line = smoothed(rows("2000-01-01", [1] * MONTHS, [1, 5] * (MONTHS // 2)), MONTHS)
    assert line[["average", "low", "high"]].isna().all(axis=None)


def test_a_few_months_have_a_mean_but_no_interval():
    line = smoothed(rows("2000-01-01", [100] * 3, [3.0] * 3), MONTHS)
    assert line["average"].tolist() == [3.0] * 3
    assert line[["low", "high"]].isna().all(axis=None)


@pytest.mark.parametrize("a_month, months", [(50, 12), (2, 24), (1, 48), (0.1, 96)])
def test_the_fewer_ratings_the_more_months_are_taken_together(a_month, months):
    assert months_around(rows("2000-01-01", [a_month] * 200, [3.0] * 200)) == months


def test_the_line_and_its_band_break_where_nobody_rates_for_longer():
    given = rows("2000-01-01", [50] * 200 + [0] * 24 + [50] * 200, [3, 4] * 212)
    new = figure(LIGHT)
    add_average(new, given, LIGHT)
    assert len([trace for trace in new.data if trace.fill == "toself"]) == 2
    assert np.isnan(new.data[-1].y).any()
