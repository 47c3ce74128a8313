"""Figures of films."""

from html import escape

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.titles import film_name
from dashboard.theme import Theme, figure

TOP = 15


def top_movies(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Bars of the 15 best weighted scores. rows: as the CSV, best first."""
    best = rows.head(TOP)
    names = [plotly_name(row.title, row.release_year) for row in best.itertuples()]
    new = figure(theme)
    new.add_bar(
        x=best["weighted_score"].to_numpy(),
        y=list(range(len(best), 0, -1)),
        orientation="h",
        marker={"color": theme.scale[1]},
        text=[
            f"<b>{score:.2f}</b>  {name}"
            for score, name in zip(best["weighted_score"], names, strict=True)
        ],
        textposition="inside",
        insidetextanchor="start",
        textfont={"color": theme.ink},
        constraintext="none",
        customdata=list(
            zip(names, best["average_rating"], best["ratings"], best["movie_id"], strict=True)
        ),
        hovertemplate="%{customdata[0]}<br>weighted score %{x:.2f}"
        "<br>average %{customdata[1]:.2f} stars of %{customdata[2]:,} ratings<extra></extra>",
    )
    return new.update_layout(
        xaxis={"title": "Weighted score (stars)", "range": [0, 5]},
        yaxis={"visible": False},
        bargap=0.18,
    )


def plotly_name(title: str, year: object, longest: int = 80) -> str:
    """A film's name, safe inside Plotly's text, which reads tags."""
    return escape(film_name(title, year, longest), quote=False)
