"""Figures over time."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme, figure

MONTH = "%{x|%B %Y}"


def average_rating_by_month(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Line of average_rating over month, with the month's rating count as bars behind it.

    rows: month, ratings, average_rating.
    """
    new = figure(theme)
    months = _complete(rows)
    new.add_bar(
        x=rows["month"],
        y=rows["ratings"].to_numpy(),
        name="Ratings in the month",
        marker={"color": theme.count, "opacity": 0.45},
        yaxis="y2",
        hoverinfo="skip",
    )
    new.add_scatter(
        x=months["month"],
        y=months["average_rating"].to_numpy(),
        name="Average rating",
        mode="lines+markers",
        line={"color": theme.rating, "width": 2},
        marker={"size": 4, "color": theme.rating},
        customdata=months["ratings"].to_numpy(),
        hovertemplate=MONTH
        + ": %{y:.2f} stars on average<br>%{customdata:,} ratings<extra></extra>",
    )
    return new.update_layout(
        yaxis={"title": "Average rating (stars)", "range": [0.5, 5], "dtick": 1, "tick0": 1},
        yaxis2=_right("Ratings in the month") | {"range": [0, 3 * rows["ratings"].max()]},
        hovermode="x",
        bargap=0,
    )


def ratings_by_month(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Bars of ratings over month and a line of the running total.

    rows: month, ratings, cumulative_ratings.
    """
    new = figure(theme)
    new.add_bar(
        x=rows["month"],
        y=rows["ratings"].to_numpy(),
        name="Ratings in the month",
        marker={"color": theme.count},
        customdata=rows["cumulative_ratings"].to_numpy(),
        hovertemplate=MONTH + ": %{y:,} ratings<br>%{customdata:,} so far<extra></extra>",
    )
    new.add_scatter(
        x=rows["month"],
        y=rows["cumulative_ratings"].to_numpy(),
        name="Running total",
        mode="lines",
        line={"color": theme.accent, "width": 2},
        yaxis="y2",
        hoverinfo="skip",
    )
    return new.update_layout(
        yaxis={"title": "Ratings in the month", "rangemode": "tozero", "tickformat": ","},
        yaxis2=_right("Running total of ratings"),
        hovermode="x",
        bargap=0,
    )


def _right(title: str) -> dict:
    """A second axis, with ticks of its own."""
    return {
        "title": title,
        "overlaying": "y",
        "side": "right",
        "showgrid": False,
        "rangemode": "tozero",
        "tickmode": "auto",
        "nticks": 5,
        "tickformat": ",",
    }


def _complete(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows with a gap for every month that has no rating, so that the line breaks there."""
    months = pd.date_range(rows["month"].min(), rows["month"].max(), freq="MS")
    return rows.set_index("month").reindex(months).rename_axis("month").reset_index()


def movie_by_month(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """A film's average rating by month above its cumulative ratings, one time axis for both.

    rows: month, ratings, average_rating, cumulative_ratings.
    """
    new = figure(theme)
    sizes = rows["ratings"].to_numpy()
    new.add_scatter(
        x=rows["month"],
        y=rows["average_rating"].to_numpy(),
        mode="lines+markers",
        line={"color": theme.rating, "width": 1.5},
        marker={"size": 4 + 10 * (sizes / sizes.max()) ** 0.5, "color": theme.rating},
        customdata=sizes,
        hovertemplate=MONTH
        + ": %{y:.2f} stars on average<br>%{customdata:,} ratings<extra></extra>",
    )
    new.add_scatter(
        x=rows["month"],
        y=rows["cumulative_ratings"].to_numpy(),
        mode="lines",
        line={"color": theme.accent, "width": 2, "shape": "hv"},
        fill="tozeroy",
        yaxis="y2",
        hovertemplate=MONTH + ": %{y:,} ratings so far<extra></extra>",
    )
    return new.update_layout(
        yaxis={
            "title": "Average rating (stars)",
            "range": [0.3, 5.2],
            "dtick": 1,
            "tick0": 1,
            "domain": [0.42, 1],
        },
        yaxis2={"title": "Ratings so far", "rangemode": "tozero", "domain": [0, 0.34]},
        xaxis={"anchor": "y2"},
        showlegend=False,
    )
