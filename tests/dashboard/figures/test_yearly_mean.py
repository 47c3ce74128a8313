"""A year's mean is that of its ratings, one by one; its interval holds what the mean really is."""

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.yearly_mean import period_mean, yearly_mean, years_together


def by_month(ratings: pd.DataFrame) -> pd.DataFrame:
    """ratings: month, stars of each."""
    groups = ratings.groupby("month")["stars"]
    return groups.agg(ratings="size", average_rating="mean").reset_index()


def drawn(chance, per_month=20, months=60) -> pd.DataFrame:
    month = pd.date_range("2001-03-01", periods=months, freq="MS").repeat(per_month)
    return pd.DataFrame({"month": month, "stars": chance.integers(1, 11, len(month)) / 2})


def test_it_is_the_mean_of_every_rating_of_twelve_months():
    ratings = drawn(np.random.default_rng(1))
    last = yearly_mean(by_month(ratings)).iloc[-1]
    year = ratings[ratings["month"] > last["month"] - pd.DateOffset(months=12)]
    assert last["average_rating"] == pytest.approx(year["stars"].mean())


def test_months_that_are_missing_are_filled_and_few_ratings_have_no_line():
    months = pd.to_datetime(["2001-01-01", "2001-05-01", "2004-01-01"])
    rows = pd.DataFrame({"month": months, "ratings": [20, 10, 5], "average_rating": [4, 1, 5]})
    years = yearly_mean(rows).set_index("month")["average_rating"]
    assert len(years) == 37
    assert years["2001-06-01"] == pytest.approx((20 * 4 + 10) / 30)
    assert years["2001-04-01":"2001-04-30"].isna().all()
    assert np.isnan(years["2004-01-01"])


def test_nineteen_intervals_in_twenty_hold_the_true_mean():
    held = 0
    for seed in range(200):
        last = yearly_mean(by_month(drawn(np.random.default_rng(seed), 10, 24))).iloc[-1]
        held += last["low"] <= 2.75 <= last["high"]
    assert 180 <= held <= 198


@pytest.mark.parametrize("per_month, years", [(50, 1), (2, 2), (1, 4), (0.1, 8)])
def test_the_fewer_ratings_the_more_years_are_taken_together(per_month, years):
    months = pd.date_range("2000-01-01", periods=200, freq="MS")
    rows = pd.DataFrame({"month": months, "ratings": per_month, "average_rating": 3.0})
    assert years_together(rows) == years
    last = yearly_mean(rows, years).iloc[-1]["average_rating"]
    assert np.isnan(last) if per_month < 1 else last == pytest.approx(3)


@pytest.mark.parametrize(("period", "months", "middle"), [("quarter", 3, 1), ("year", 12, 6)])
def test_a_periods_mean_is_that_of_its_ratings_at_its_middle(period, months, middle):
    ratings = drawn(np.random.default_rng(2))
    means = period_mean(by_month(ratings), period)
    row = means.iloc[2]
    first = row["month"] - pd.DateOffset(months=middle)
    inside = ratings["month"].between(first, first + pd.DateOffset(months=months - 1))
    assert row["average_rating"] == pytest.approx(ratings[inside]["stars"].mean())
    assert means["month"].is_unique and row["low"] < row["average_rating"] < row["high"]


def test_nineteen_intervals_of_quarters_in_twenty_hold_the_true_mean():
    held = []
    for seed in range(100):
        means = period_mean(by_month(drawn(np.random.default_rng(seed))), "quarter").dropna()
        held += [((means["low"] <= 2.75) & (means["high"] >= 2.75)).mean()]
    assert 0.93 <= np.mean(held) <= 0.97
