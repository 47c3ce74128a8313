"""Figures of films that divide opinion."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.figures.film_bars import plotly_name
from dashboard.figures.others import Others, legend_name
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure

EXTREMES = 4  # films named at each end
SHOWN = 1200  # bubbles; more make the page slow and the picture no clearer
LONGEST = 25  # characters of a name: half of a phone's width
MOVED = 20  # films joined to their places under a second set
MARGIN = 0.15  # stars on each side of the films, whose bubbles are as wide


@dataclass(frozen=True)
class Disagreement:
    """What polarising films are told by. away: whether more of it is more (1) or less (-1)."""

    column: str
    name: str
    title: str
    away: int


ORDERED = {
    "deviation": Disagreement(
        "standard_deviation", "standard deviation", "Standard deviation ({unit})", 1
    ),
    "agreement": Disagreement("agreement", "agreement", "Agreement A (reversed)", -1),
}


def polarising_movies(
    rows: pd.DataFrame,
    theme: Theme,
    order: str = "deviation",
    movie: int | None = None,
    others: Others | None = None,
) -> PlainFigure:
    """Bubbles of disagreement against mean, sized by ratings, the extremes named.

    rows: as the CSV. order: what the most polarising are told by, "deviation" or "agreement"; they
    are at the top. Of more than 1,200 films: the 300 at each end, and of the others the 600 most
    rated. movie: the film that is chosen, which stands out where it is among them. A second set is
    rings, joined to the bubbles: of the 20 films that lie farthest from there, for their numbers of
    ratings, and of the chosen one.
    """
    measure = ORDERED[order]
    rows = rows.sort_values(measure.column, ascending=measure.away < 0, kind="stable")
    rows = rows.reset_index(drop=True)
    shown = rows if len(rows) <= SHOWN else _ends_and_best_known(rows, movie)
    names = [plotly_name(row.title, row.release_year) for row in shown.itertuples()]
    sizes = np.sqrt(shown["ratings"].to_numpy() / shown["ratings"].max())
    extreme = np.zeros(len(shown), dtype=bool)
    extreme[:EXTREMES] = True
    extreme[-EXTREMES:] = True
    chosen = (shown["movie_id"] == (-1 if movie is None else movie)).to_numpy()
    worst, best, step = theme.rated.worst, theme.rated.best, theme.rated.step
    low, high = worst + 3 * step, best - 2 * step  # 2 and 4 stars
    moved = shown.head(0) if others is None else _moved(shown, others.rows, measure, movie)
    joined = shown["movie_id"].isin(moved["movie_id"]).to_numpy()
    faint = 0.4 if others is None else 0.15  # what is joined stands out
    new = figure(theme)
    new.add_scatter(
        showlegend=False,
        x=shown["average_rating"].to_numpy(),
        y=shown[measure.column].to_numpy(),
        mode="markers",
        marker={
            "size": 5 + 26 * sizes,
            "color": np.where(extreme, theme.rating, theme.accent),
            "opacity": np.select([chosen, extreme, joined], [1, 0.95, 0.85], faint),
            "line": {
                "width": np.where(chosen, 3, 1),
                "color": np.where(chosen, theme.ink, theme.surface),
            },
        },
        customdata=list(
            zip(
                names,
                shown["ratings"],
                shown["low_share"],
                shown["high_share"],
                shown["movie_id"],
                strict=True,
            )
        ),
        hovertemplate=f"%{{customdata[0]}}<br>%{{x:.2f}} {theme.rated.unit} on average, "
        f"{measure.name} %{{y:.2f}}"
        "<br>%{customdata[1]:,} ratings: %{customdata[2]:.0%} at "
        f"{low:.3g} {theme.rated.unit} or below, %{{customdata[3]:.0%}} at {high:.3g} or above"
        "<extra></extra>",
    )
    if others is not None:
        _draw_moved(new, theme, moved, measure, others)
    most, least = (float(shown[measure.column].iloc[place]) for place in (0, -1))
    room = max(abs(most - least), 0.4 * step) * np.linspace(0.08, 0.3, EXTREMES) * measure.away
    across = _around(pd.concat([shown["average_rating"], moved.get("average_rating_there")]))
    middle = float(np.mean(across))
    there = moved.get(f"{measure.column}_there")
    _name(new, theme, shown.head(EXTREMES), measure, most + room, middle)
    _name(new, theme, shown.tail(EXTREMES), measure, least - room, middle)
    return new.update_layout(
        xaxis={
            "title": f"Average rating ({theme.rated.name})",
            "range": across,
            "showgrid": True,
        },
        yaxis={
            "title": measure.title.format(unit=theme.rated.unit),
            "range": _beyond(least - 1.15 * room[-1], most + 1.15 * room[-1], there),
        },
        showlegend=others is not None,
        meta=order,  # for assets/brush.js: what the other axis measures
    )


def _moved(
    shown: pd.DataFrame, others: pd.DataFrame, measure: Disagreement, movie: int | None
) -> pd.DataFrame:
    """Films of both sets, the second's columns with _there."""
    both = shown.merge(others, on="movie_id", suffixes=("", "_there"))
    apart = both[measure.column] - both[f"{measure.column}_there"]
    certain = (1 / (1 / both["ratings"] + 1 / both["ratings_there"])) ** 0.5
    farthest = (apart.abs() * certain)[apart != 0].nlargest(MOVED).index
    return both.loc[farthest.union(both.index[both["movie_id"] == movie])]


def _draw_moved(
    new: PlainFigure, theme: Theme, moved: pd.DataFrame, measure: Disagreement, others: Others
) -> None:
    ends = [
        moved[f"{of}{there}"]
        for there in ("_there", "")
        for of in ("average_rating", measure.column)
    ]
    x, y = (
        np.column_stack([ends[i], ends[i + 2], np.full(len(moved), np.nan)]).ravel() for i in (0, 1)
    )
    new.add_scatter(  # for the legend alone: bubbles are of several colours
        x=[None],
        y=[None],
        mode="markers",
        name=legend_name(others.this),
        marker={"color": theme.accent, "size": 10},
        hoverinfo="skip",
    )
    new.add_scatter(
        x=x,
        y=y,
        mode="lines",
        line={"color": theme.quiet, "width": 1.5},
        showlegend=False,
        hoverinfo="skip",
    )
    new.add_scatter(
        x=ends[0].to_numpy(),
        y=ends[1].to_numpy(),
        mode="markers",
        name=legend_name(others.that),
        marker={"color": theme.ink, "size": 8, "symbol": "circle-open"},
        customdata=[
            (plotly_name(row.title, row.release_year), row.ratings_there)
            for row in moved.itertuples()
        ],
        hovertemplate=f"%{{customdata[0]}}<br>%{{x:.2f}} {theme.rated.unit} on average, "
        f"{measure.name} %{{y:.2f}} of %{{customdata[1]:,}} ratings"
        "<extra>%{fullData.name}</extra>",
    )


def _beyond(lower: float, upper: float, there: pd.Series | None) -> list[float]:
    """An axis from the lower end to the upper, either of which may be the smaller, with `there`."""
    if there is None or there.empty:
        return [lower, upper]
    smallest, largest = min(lower, upper, there.min()), max(lower, upper, there.max())
    return [smallest, largest] if lower < upper else [largest, smallest]


def _around(averages: pd.Series) -> list[float]:
    return [averages.min() - MARGIN, averages.max() + MARGIN]


def _ends_and_best_known(rows: pd.DataFrame, movie: int | None) -> pd.DataFrame:
    """As far as a page bears it; the chosen film whatever it is."""
    end = SHOWN // 4
    between = rows.iloc[end:-end]
    known = between.nlargest(SHOWN // 2, "ratings").index
    chosen = between.index[between["movie_id"] == movie]
    return pd.concat([rows.head(end), rows.loc[known.union(chosen).sort_values()], rows.tail(end)])


def rating_comparison(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """Two films' distributions side by side.

    rows: movie_id, title, release_year, stars, ratings, share.
    """
    new = figure(theme)
    for (_, title, year), ratings in rows.groupby(
        ["movie_id", "title", "release_year"], sort=False, dropna=False
    ):
        new.add_bar(
            x=ratings["stars"].to_numpy(),
            y=ratings["share"].to_numpy(),
            name=plotly_name(title, year, 40),
            marker={"color": (theme.rating, theme.accent)[min(len(new["data"]), 1)]},
            customdata=ratings["ratings"].to_numpy(),
            hovertemplate=f"%{{x}} {theme.rated.unit}: "
            "%{customdata:,} ratings, %{y:.1%}<extra>" + plotly_name(title, year) + "</extra>",
        )
    return new.update_layout(
        xaxis={
            "title": theme.rated.title,
            "tickvals": theme.rated.ticks,
            "range": theme.rated.range,
        },
        yaxis={"title": "Share of the film’s ratings", "tickformat": ".0%", "rangemode": "tozero"},
        barmode="group",
    )


def _name(
    new: PlainFigure,
    theme: Theme,
    end: pd.DataFrame,
    measure: Disagreement,
    heights: np.ndarray,
    middle: float,
) -> None:
    """Write films' names at `heights` of the measure, one a line, each led to its bubble.

    A name stands on the side where more than half of the axis lies, its middle told, so that none
    is cut.
    """
    for height, row in zip(heights, end.sort_values("average_rating").itertuples(), strict=False):
        new.add_annotation(
            x=row.average_rating,
            y=getattr(row, measure.column),
            text=plotly_name(row.title, None, LONGEST),
            arrowhead=0,
            arrowwidth=1,
            arrowcolor=theme.quiet,
            ax=0,
            ayref="y",
            ay=height,
            xanchor="right" if row.average_rating > middle else "left",
            font={"size": 11, "color": theme.ink},
        )
