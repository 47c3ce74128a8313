"""The average of a year of ratings or more, month by month, with what is chance."""

from collections.abc import Callable
from functools import partial

import numpy as np
import pandas as pd

YEARS = (1, 2, 4, 8)  # that one point is the mean of: the fewest that serve
ENOUGH = 30  # ratings in those years, below which there is no line
SERVED = 0.8  # of the months have a point; the first of few ratings never do
NORMAL = 1.96  # standard errors on each side of a 95 % interval


def years_together(rows: pd.DataFrame) -> int:
    """The fewest of YEARS that give nearly every month a point, else the most.

    rows: as yearly_mean has them. Where ratings are few, one year's would seldom make a point.
    """
    counts = _every_month(rows)["ratings"].fillna(0)
    for years in YEARS:
        if (_sums(counts, years) >= ENOUGH).mean() >= SERVED:
            return years
    return YEARS[-1]


def yearly_mean(rows: pd.DataFrame, years: int = 1) -> pd.DataFrame:
    """Means of all ratings in the `years` that end with each month, and their 95 % intervals.

    rows: month, ratings, average_rating, one a month, some left out.
    Returns: month (every one), average_rating, low, high; missing where the months hold fewer than
    30 ratings. The standard deviation of a rating is not in the rows: it is estimated from how far
    months lie from their year's mean, σ² as the mean of n (mean − year's)² / (1 − n / year's n), of
    which each expects σ²: a month is a part of its year. Ups and downs of a season count as chance.
    """
    months = _every_month(rows)
    means = _with_chance(months, partial(_sums, years=years))
    return means.rename_axis("month").reset_index()


def period_mean(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """The same of each calendar quarter or year, at its middle. period: "quarter" or "year"."""
    months = _every_month(rows)
    blocks = months.index.to_period(period[0].upper())
    means = _with_chance(months, lambda each: each.groupby(blocks).transform("sum"))
    first = means.groupby(blocks).first()
    middle = first.index.to_timestamp() + pd.DateOffset(months=6 if period == "year" else 1)
    return first.set_axis(middle).rename_axis("month").reset_index()


def _with_chance(months: pd.DataFrame, together: Callable[[pd.Series], pd.Series]) -> pd.DataFrame:
    """By month: the mean of what `together` adds up, with its interval (see yearly_mean)."""
    counts = months["ratings"].fillna(0)
    sums = (months["average_rating"] * months["ratings"]).fillna(0)
    in_year = together(counts)
    mean = (together(sums) / in_year).where(in_year >= ENOUGH)
    part = counts / in_year
    apart = counts * (months["average_rating"] - mean) ** 2 / (1 - part).where(part < 1)
    deviation = np.sqrt(apart.mean())
    half = NORMAL * deviation / np.sqrt(in_year)
    return pd.DataFrame({"average_rating": mean, "low": mean - half, "high": mean + half})


def _every_month(rows: pd.DataFrame) -> pd.DataFrame:
    every = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    return rows.set_index("month").reindex(every)


def _sums(values: pd.Series, years: int) -> pd.Series:
    return values.rolling(12 * years, min_periods=1).sum()
