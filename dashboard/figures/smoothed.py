"""Averages over time that say how sure they are: a smoothed line with its band, months as dots."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme

WINDOWS = (12, 24, 48, 96)  # months, the shortest that serves
ENOUGH = 30  # ratings that a point of the line is the mean of, at least
SERVED = 0.9  # of the months have ENOUGH ratings around them
RATED = 6  # months that an interval takes at least; of fewer the error is not known
MONTH = "%{x|%B %Y}"
CONFIDENT = 1.96  # standard errors on each side of a mean that hold it 95 times in 100


def months_around(rows: pd.DataFrame) -> int:
    """The shortest of WINDOWS that gives nearly every month 30 ratings around it, else the longest.

    rows: month, ratings.
    """
    ratings = _every_month(rows[["month", "ratings"]])["ratings"]
    for months in WINDOWS:
        if (_around(ratings, months) >= ENOUGH).mean() >= SERVED:
            return months
    return WINDOWS[-1]


def smoothed(rows: pd.DataFrame, months: int) -> pd.DataFrame:
    """The mean over `months` around each month, weighted by ratings, and its 95 % interval.

    rows: month, ratings, average_rating. Returns month, without gaps; ratings in the months around;
    average, NaN where those are fewer than ENOUGH; low and high, NaN where average is or where
    fewer than RATED months have ratings. The error is that of a ratio of sums over months (Cochran
    1977, 6.4), so ratings of one month need not be independent.
    """
    known = _every_month(rows[["month", "ratings", "average_rating"]])
    n, mean = known["ratings"], known["average_rating"]
    ratings, total = _around(n, months), _around(n * mean, months)
    average = (total / ratings).where(ratings >= ENOUGH)
    squares = _around((n * mean) ** 2, months) - 2 * average * _around(n**2 * mean, months)
    squares += average**2 * _around(n**2, months)
    rated = _around((n > 0).astype(float), months).where(lambda count: count >= RATED)
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
    months = months_around(rows)
    line = smoothed(rows, months)
    for stretch in _stretches(line):
        _add_band(new, stretch, theme)
    new.add_scatter(
        x=line["month"],
        y=line["average"].to_numpy(),
        name=f"{months} months around, with 95 % band",
        mode="lines",
        line={"color": theme.rating, "width": 2.5},
        customdata=line[["ratings", "low", "high"]].to_numpy(),
        hovertemplate=f"{months} months around {MONTH}"
        ": %{y:.2f} (%{customdata[1]:.2f} to %{customdata[2]:.2f})"
        "<br>%{customdata[0]:,} ratings<extra></extra>",
    )


def _every_month(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows by month, with zeros for every month between that has no rating."""
    known = rows.set_index("month").astype(float)
    months = pd.date_range(known.index.min(), known.index.max(), freq="MS", name="month")
    return known.reindex(months, fill_value=0.0)


def _around(values: pd.Series, months: int) -> pd.Series:
    """Sums over the `months` around each, fewer at the ends."""
    return values.rolling(months, center=True, min_periods=1).sum()


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
