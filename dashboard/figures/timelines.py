"""Figures over time."""

import numpy as np
import pandas as pd

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.others import Others, legend_name
from dashboard.figures.smoothing import Line, smoothed
from dashboard.figures.yearly_mean import ENOUGH
from dashboard.plain_figure import PlainFigure
from dashboard.theme import RatingAxis, Theme, figure

MONTH = "%{x|%B %Y}"
MARGIN = 0.2  # half stars beyond what must be shown
FEW_MONTHS = 6  # between which Plotly would write days
ALONE = 28 * 86_400_000  # milliseconds: the width of a bar that has no neighbour to tell it
UPPER, LOWER = [0.42, 1], [0, 0.34]  # two panels on one time axis
LEFT = {"l": 60}  # of every chart: time begins at the same place, whatever the values are


def average_rating_by_month(
    rows: pd.DataFrame, theme: Theme, smooth: str = "auto", others: Others | None = None
) -> PlainFigure:
    """Means of months together with their 95 % band, over single months as faint dots.

    A second set has a line and a band of its own, and no dots. rows: month, ratings,
    average_rating. smooth: what is taken together, one of SMOOTH.
    """
    new = figure(theme)
    years = _add_averages(new, rows, theme, smooth, legend_name(others.this) if others else "")
    if others is not None:
        rows = pd.concat([rows, others.rows])
        line = smoothed(others.rows, smooth)
        _add_line(new, line, theme.accent, legend_name(others.that))
        years = pd.concat([years, line.means])
    return new.update_layout(
        yaxis={
            "title": f"Average rating ({theme.rated.name})",
            "range": _around(rows, years, theme.rated),
            "automargin": False,
        },
        xaxis=_whole(rows),
        margin=LEFT,
        hovermode="x",
    )


def _add_averages(
    new: PlainFigure, rows: pd.DataFrame, theme: Theme, smooth: str, of: str = ""
) -> pd.DataFrame:
    """Add months, sized by their ratings, and the means of some together, which are returned."""
    line = smoothed(rows, smooth)
    sizes = rows["ratings"].to_numpy()
    new.add_scatter(
        x=rows["month"],
        y=rows["average_rating"].to_numpy(),
        name="Single months",
        mode="markers",
        marker={
            "size": 3 + 7 * (sizes / sizes.max()) ** 0.5,
            "color": theme.rating,
            "opacity": 0.35,
            "line": {"width": 0},
        },
        customdata=sizes,
        hovertemplate=MONTH
        + f": %{{y:.2f}} {theme.rated.unit} on average"
        + "<br>%{customdata:,} ratings<extra></extra>",
    )
    _add_line(new, line, theme.rating, of)
    return line.means


def _add_line(new: PlainFigure, line: Line, colour: str, of: str) -> None:
    """Add the means in their band, or with bars where each stands alone.

    of: which set they are of, where there are two.
    """
    moving = "months" in line.name
    if moving:
        _add_band(new, line.means, colour)
    new.add_scatter(
        x=line.means["month"],
        y=line.means["average_rating"].to_numpy(),
        name=f"{of}, {line.name}" if of else f"Mean of {line.name}",
        mode="lines" if moving else "lines+markers",
        line={"color": colour, "width": 2.5},
        error_y=None if moving else interval_bars(line.means, "average_rating", colour),
        hovertemplate="%{y:.2f} in " + f"{line.when}<extra>{of}</extra>",
    )


def _add_band(new: PlainFigure, years: pd.DataFrame, colour: str) -> None:
    """The interval, an area for each stretch that has one: an area can't have gaps."""
    known = years["high"].notna()
    for first, (_, stretch) in enumerate(years[known].groupby((~known).cumsum()[known])):
        new.add_scatter(
            x=pd.concat([stretch["month"], stretch["month"][::-1]]),
            y=np.concatenate([stretch["high"], stretch["low"][::-1]]),
            name="95 % interval",
            mode="lines",
            line={"width": 0},
            fill="toself",
            fillcolor=colour,
            opacity=0.18,
            hoverinfo="skip",
            showlegend=not first,
        )


def _around(rows: pd.DataFrame, years: pd.DataFrame, rated: RatingAxis) -> list[float]:
    """The stars that the line and every month of enough ratings need; others may lie outside."""
    firm = rows.loc[rows["ratings"] >= ENOUGH, "average_rating"]
    shown = pd.concat([firm, years["low"], years["high"]]).dropna()
    if shown.empty:
        return rated.range
    lowest, highest = rated.range
    margin = MARGIN * rated.step
    return [max(shown.min() - margin, lowest), min(shown.max() + margin, highest)]


def _whole(rows: pd.DataFrame) -> dict:
    """The same months on every time axis of the same rows; a few are named one by one."""
    month = pd.DateOffset(months=1)
    first, last = rows["month"].min(), rows["month"].max()
    few = {"dtick": "M1", "tickformat": "%b %Y"} if last < first + FEW_MONTHS * month else {}
    return {"range": [first - month, last + month]} | few


def ratings_by_month(rows: pd.DataFrame, theme: Theme, others: Others | None = None) -> PlainFigure:
    """Bars of ratings over month, and below them the running total on the same time axis.

    A second set's are steps over the bars. rows: month, ratings, cumulative_ratings.
    """
    new = figure(theme)
    new.add_bar(
        x=rows["month"],
        y=rows["ratings"].to_numpy(),
        width=ALONE if len(rows) == 1 else None,
        marker={"color": theme.count},
        name=legend_name(others.this) if others else None,
        hovertemplate=MONTH + ": %{y:,} ratings<extra></extra>",
    )
    _add_total(new, rows, theme.accent)
    if others is not None:
        new.add_scatter(
            x=others.rows["month"],
            y=others.rows["ratings"].to_numpy(),
            mode="lines" if len(others.rows) > 1 else "markers",
            line={"color": theme.rating, "width": 1.5, "shape": "hvh"},
            name=legend_name(others.that),
            hovertemplate=MONTH + ": %{y:,} ratings<extra>%{fullData.name}</extra>",
        )
        _add_total(new, others.rows, theme.rating)
        rows = pd.concat([rows, others.rows])
    return new.update_layout(
        yaxis=_counts("In the month") | {"domain": UPPER},
        yaxis2=_counts("Running total") | {"nticks": 4, "domain": LOWER},
        xaxis={"anchor": "y2"} | _whole(rows),
        margin=LEFT,
        hovermode="x",
        bargap=0,
        showlegend=others is not None,
    )


def _add_total(new: PlainFigure, rows: pd.DataFrame, colour: str) -> None:
    new.add_scatter(
        x=rows["month"],
        y=rows["cumulative_ratings"].to_numpy(),
        mode="lines" if len(rows) > 1 else "lines+markers",
        line={"color": colour, "width": 2, "shape": "hv"},
        fill="tozeroy",
        showlegend=False,
        yaxis="y2",
        hovertemplate=MONTH + ": %{y:,} ratings so far<extra></extra>",
    )


def _counts(title: str) -> dict:
    return {"title": title, "rangemode": "tozero", "tickformat": "~s", "automargin": False}


def movie_by_month(
    rows: pd.DataFrame, theme: Theme, smooth: str = "auto", others: Others | None = None
) -> PlainFigure:
    """A film's average by month and year above its cumulative ratings, one time axis for both.

    A second set's are lines of another colour. rows: month, ratings, average_rating,
    cumulative_ratings. smooth: one of SMOOTH.
    """
    new = figure(theme)
    _add_averages(new, rows, theme, smooth, legend_name(others.this) if others else "")
    _add_total(new, rows, theme.accent if others is None else theme.rating)
    if others is not None and len(others.rows):
        _add_line(new, smoothed(others.rows, smooth), theme.accent, legend_name(others.that))
        _add_total(new, others.rows, theme.accent)
        rows = pd.concat([rows, others.rows])
    return new.update_layout(
        yaxis={
            "title": f"Average rating ({theme.rated.name})",
            "range": theme.rated.range,
            "tickvals": theme.rated.ticks,
            "domain": UPPER,
            "automargin": False,
        },
        yaxis2=_counts("Ratings so far") | {"nticks": 4, "domain": LOWER},
        xaxis={"anchor": "y2"} | _whole(rows),
        margin=LEFT,
        showlegend=others is not None,
    )
