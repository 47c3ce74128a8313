"""Averages over time that say how sure they are: a smoothed line with its band, months as dots."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme

MONTHS = 12
ENOUGH = 30  # ratings that a point of the line is the mean of, at least
MONTH = "%{x|%B %Y}"
CONFIDENT = 1.96  # standard errors on each side of a mean that hold it 95 times in 100


def smoothed(rows: pd.DataFrame) -> pd.DataFrame:
    """The mean over 12 months around each month, weighted by ratings, and its 95 % interval.

    rows: month, ratings, average_rating. Returns month, without gaps; ratings in its 12 months;
    average, NaN where those are fewer than ENOUGH; low and high, NaN where average is or where one
    month alone was rated in. The error is that of a ratio of sums over months (Cochran 1977,
    6.4), so ratings of one month need not be independent.
    """
    known = rows.set_index("month")[["ratings", "average_rating"]].astype(float)
    months = pd.date_range(known.index.min(), known.index.max(), freq="MS", name="month")
    known = known.reindex(months)
    n = known["ratings"].fillna(0)
    mean = known["average_rating"].fillna(0)
    ratings, total = _around(n), _around(n * mean)
    average = (total / ratings).where(ratings >= ENOUGH)
    squares = _around((n * mean) ** 2) - 2 * average * _around(n**2 * mean)
    squares += average**2 * _around(n**2)
    rated = _around((n > 0).astype(float)).where(lambda count: count > 1)
    # sums of floats may end a hair below 0
    error = np.sqrt(squares.clip(lower=0) * rated / (rated - 1)) / ratings
    return pd.DataFrame(
        {
            "ratings": ratings.round().astype(int),
            "average": average,
            "low": average - CONFIDENT * error,
            "high": average + CONFIDENT * error,
        }
    ).reset_index()


def add_average(new: go.Figure, rows: pd.DataFrame, theme: Theme) -> None:
    """Add single months as faint dots sized by count, the smoothed line and its band to `new`.

    rows: month, ratings, average_rating.
    """
    sizes = rows["ratings"].to_numpy()
    new.add_scatter(
        x=rows["month"],
        y=rows["average_rating"].to_numpy(),
        name="One month",
        mode="markers",
        marker={
            "size": 3 + 9 * (sizes / sizes.max()) ** 0.5,
            "color": theme.rating,
            "opacity": 0.3,
            "line": {"width": 0},
        },
        customdata=sizes,
        hovertemplate=MONTH
        + ": %{y:.2f} stars on average<br>%{customdata:,} ratings<extra></extra>",
    )
    line = smoothed(rows)
    for stretch in _stretches(line):
        _add_band(new, stretch, theme)
    new.add_scatter(
        x=line["month"],
        y=line["average"].to_numpy(),
        name=f"{MONTHS} months around, with 95 % band",
        mode="lines",
        line={"color": theme.rating, "width": 2.5},
        customdata=line[["ratings", "low", "high"]].to_numpy(),
        hovertemplate="12 months around "
        + MONTH
        + ": %{y:.2f} (%{customdata[1]:.2f} to %{customdata[2]:.2f})"
        + "<br>%{customdata[0]:,} ratings<extra></extra>",
    )


def _around(values: pd.Series) -> pd.Series:
    """Sums over the 12 months around each, fewer at the ends."""
    return values.rolling(MONTHS, center=True, min_periods=1).sum()


def _stretches(line: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows that have an interval, cut where one has none: a filled area has no gaps."""
    known = line["high"].notna()
    return [part for _, part in line[known].groupby((~known).cumsum()[known])]


def _add_band(new: go.Figure, stretch: pd.DataFrame, theme: Theme) -> None:
    outline = stretch[["month", "high"]].set_axis(["x", "y"], axis=1)
    back = stretch[["month", "low"]].set_axis(["x", "y"], axis=1)[::-1]
    outline = pd.concat([outline, back])
    new.add_scatter(
        x=outline["x"],
        y=outline["y"].to_numpy(),
        mode="lines",
        line={"width": 0},
        fill="toself",
        fillcolor=_faded(theme.rating),
        hoverinfo="skip",
        showlegend=False,
    )


def _faded(colour: str) -> str:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.22)"
