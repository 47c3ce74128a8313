"""Figures of films."""

from html import escape

import numpy as np
import pandas as pd

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.titles import film_name
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure

TOP = 15
LONGEST = 42  # characters of a name, as many as a phone has room for


def top_movies(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """The 15 best weighted scores as points with their intervals, each below its film's name.

    rows: as the CSV, best first.
    """
    best = rows.head(TOP)
    names = [plotly_name(row.title, row.release_year, LONGEST) for row in best.itertuples()]
    places = np.arange(len(best), 0, -1)
    left = best["low"].min()
    new = figure(theme)
    new.add_scatter(
        x=np.full(len(best), left),
        y=places + 0.3,
        mode="text",
        text=[
            f"<b>{score:.2f}</b>  {name}"
            for score, name in zip(best["weighted_score"], names, strict=True)
        ],
        textposition="middle right",
        textfont={"size": 12, "color": theme.ink},
        cliponaxis=False,
        hoverinfo="skip",
    )
    new.add_scatter(
        x=best["weighted_score"].to_numpy(),
        y=places - 0.12,
        mode="markers",
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
    margin = 0.03 * (best["high"].max() - left)
    return new.update_layout(
        xaxis={
            "title": f"Weighted score ({theme.rated.name})",
            "range": [left - margin, best["high"].max() + margin],
            "showgrid": True,
        },
        yaxis={"visible": False, "range": [0.3, len(best) + 0.8]},
        showlegend=False,
    )


def plotly_name(title: str, year: object, longest: int = 80) -> str:
    """A film's name, safe inside Plotly's text, which reads tags."""
    return escape(film_name(title, year, longest), quote=False)
