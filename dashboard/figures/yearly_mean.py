"""The average of a year of ratings, month by month, with what is chance."""

import numpy as np
import pandas as pd

MONTHS = 12
ENOUGH = 30  # ratings in the twelve months, below which there is no line
NORMAL = 1.96  # standard errors on each side of a 95 % interval


def yearly_mean(rows: pd.DataFrame) -> pd.DataFrame:
    """Means of all ratings in the twelve months that end with each, and their 95 % intervals.

    rows: month, ratings, average_rating, one a month, some left out.
    Returns: month (every one), average_rating, low, high; missing where the months hold fewer than
    30 ratings. The standard deviation of a rating is not in the rows: it is estimated from how far
    months lie from their year's mean, σ² as the mean of n (mean − year's)² / (1 − n / year's n), of
    which each expects σ²: a month is a part of its year. Ups and downs of a season count as chance.
    """
    every = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    months = rows.set_index("month").reindex(every)
    counts = months["ratings"].fillna(0)
    sums = (months["average_rating"] * months["ratings"]).fillna(0)
    in_year = counts.rolling(MONTHS, min_periods=1).sum()
    mean = (sums.rolling(MONTHS, min_periods=1).sum() / in_year).where(in_year >= ENOUGH)
    part = counts / in_year
    apart = counts * (months["average_rating"] - mean) ** 2 / (1 - part).where(part < 1)
    deviation = np.sqrt(apart.mean())
    half = NORMAL * deviation / np.sqrt(in_year)
    lines = {"average_rating": mean, "low": mean - half, "high": mean + half}
    return pd.DataFrame(lines).rename_axis("month").reset_index()
