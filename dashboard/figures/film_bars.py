"""Figures of films."""

from html import escape

import numpy as np
import pandas as pd

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.others import Others, legend_name
from dashboard.figures.titles import film_name
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure

TOP = 15
LONGEST = 42  # characters of a name, as many as a phone has room for


def top_movies(rows: pd.DataFrame, theme: Theme, others: Others | None = None) -> PlainFigure:
    """The 15 best weighted scores as points with their intervals, each below its film's name.

    A second set's scores of these films are rings. rows: as the CSV, best first.
    """
    best = rows.head(TOP)
    names = [plotly_name(row.title, row.release_year, LONGEST) for row in best.itertuples()]
    places = np.arange(len(best), 0, -1)
    second = best.head(0) if others is None else others.rows
    again = best[["movie_id"]].assign(place=places).merge(second, on="movie_id")
    shown = pd.concat([best, again])
    left, right = shown["low"].min(), shown["high"].max()
    above, below = (0.3, 0.12) if others is None else (0.36, 0)  # two points need more room
    new = figure(theme)
    new.add_scatter(
        x=np.full(len(best), left),
        y=places + above,
        mode="text",
        text=[
            f"<b>{score:.2f}</b>  {name}"
            for score, name in zip(best["weighted_score"], names, strict=True)
        ],
        textposition="middle right",
        textfont={"size": 12, "color": theme.ink},
        cliponaxis=False,
        showlegend=False,
        hoverinfo="skip",
    )
    new.add_scatter(
        x=best["weighted_score"].to_numpy(),
        y=places - below,
        mode="markers",
        name=legend_name(others.this) if others else None,
        marker={"color": theme.rating, "size": 9},
        error_x=interval_bars(best, "weighted_score", theme.rating),
        customdata=list(
            zip(
                names,
                best["average_rating"],
                best["ratings"],
                best["movie_id"],
                best["low"],
                best["high"],
                strict=True,
            )
        ),
        hovertemplate="%{customdata[0]}<br>weighted score %{x:.2f}, %{customdata[4]:.2f} to"
        " %{customdata[5]:.2f}"
        f"<br>average %{{customdata[1]:.2f}} {theme.rated.unit} of "
        "%{customdata[2]:,} ratings<extra></extra>",
    )
    if others is not None:
        new.add_scatter(
            x=again["weighted_score"].to_numpy(),
            y=again["place"].to_numpy() - 0.22,
            mode="markers",
            name=legend_name(others.that),
            marker={"color": theme.accent, "size": 9, "symbol": "circle-open"},
            error_x=interval_bars(again, "weighted_score", theme.accent),
            customdata=again["ratings"].to_numpy(),
            hovertemplate="weighted score %{x:.2f} of %{customdata:,} ratings"
            "<extra>%{fullData.name}</extra>",
        )
    margin = 0.03 * (right - left)
    return new.update_layout(
        xaxis={
            "title": f"Weighted score ({theme.rated.name})",
            "range": [left - margin, right + margin],
            "showgrid": True,
        },
        yaxis={"visible": False, "range": [0.3, len(best) + 0.8]},
        showlegend=others is not None,
    )


def plotly_name(title: str, year: object, longest: int = 80) -> str:
    """A film's name, safe inside Plotly's text, which reads tags."""
    return escape(film_name(title, year, longest), quote=False)
