"""Figures over time."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.smoothed import MONTH, add_average
from dashboard.theme import Theme, figure

STARS = [0.3, 5.2]
UPPER, LOWER = [0.42, 1], [0, 0.34]  # of two panels that share the time axis


def average_rating_by_month(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """The smoothed average_rating over month, single months as dots behind it.

    rows: month, ratings, average_rating.
    """
    new = figure(theme)
    add_average(new, rows, theme)
    return new.update_layout(
        xaxis={"range": _span(rows)},
        yaxis={"title": "Average rating (stars)", "range": STARS, "dtick": 1, "tick0": 1},
    )


def ratings_by_month(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Bars of ratings over month above the running total, one time axis for both.

    rows: month, ratings, cumulative_ratings.
    """
    new = figure(theme)
    new.add_bar(
        x=rows["month"],
        y=rows["ratings"].to_numpy(),
        marker={"color": theme.count},
        customdata=rows["cumulative_ratings"].to_numpy(),
        hovertemplate=MONTH + ": %{y:,} ratings<br>%{customdata:,} so far<extra></extra>",
    )
    _add_total(new, rows, theme)
    return new.update_layout(
        yaxis={
            "title": "In the month",
            "rangemode": "tozero",
            "tickformat": ",",
            "domain": UPPER,
        },
        yaxis2={"title": "So far", "rangemode": "tozero", "tickformat": ",", "domain": LOWER},
        xaxis={"anchor": "y2", "range": _span(rows), "ticklabelstandoff": 6},
        showlegend=False,
        bargap=0,
    )


def movie_by_month(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """A film's smoothed average rating above its cumulative ratings, one time axis for both.

    rows: month, ratings, average_rating, cumulative_ratings.
    """
    new = figure(theme)
    add_average(new, rows, theme)
    _add_total(new, rows, theme)
    return new.update_layout(
        yaxis={
            "title": "Average rating (stars)",
            "range": STARS,
            "dtick": 1,
            "tick0": 1,
            "domain": UPPER,
        },
        yaxis2={
            "title": "Ratings so far",
            "rangemode": "tozero",
            "tickformat": ",",
            "domain": LOWER,
        },
        xaxis={"anchor": "y2", "range": _span(rows), "ticklabelstandoff": 6},
    )


def _add_total(new: go.Figure, rows: pd.DataFrame, theme: Theme) -> None:
    """Add the running total of ratings to the lower panel."""
    new.add_scatter(
        x=rows["month"],
        y=rows["cumulative_ratings"].to_numpy(),
        mode="lines",
        line={"color": theme.accent, "width": 2, "shape": "hv"},
        fill="tozeroy",
        yaxis="y2",
        showlegend=False,
        hovertemplate=MONTH + ": %{y:,} ratings so far<extra></extra>",
    )


def _span(rows: pd.DataFrame) -> list[pd.Timestamp]:
    """From half a month before the first month to half a month after the last.

    Charts of the same months so begin and end at the same place.
    """
    half = pd.Timedelta(days=15)
    return [rows["month"].min() - half, rows["month"].max() + half]
