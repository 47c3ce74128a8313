"""Figures of how ratings are spread."""

import pandas as pd

from dashboard.figures.others import Others, legend_name, outlined
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure


def rating_distribution(
    rows: pd.DataFrame, theme: Theme, others: Others | None = None
) -> PlainFigure:
    """Bars of each star value's share of the ratings; a second set's are outlines over them.

    rows: stars, ratings, share.
    """
    new = figure(theme)
    new.add_bar(
        x=rows["stars"].to_numpy(),
        y=rows["share"].to_numpy(),
        width=0.84 * theme.rated.step,
        marker={"color": theme.rating},
        customdata=rows["ratings"].to_numpy(),
        text=[rounded(share) for share in rows["share"]],
        textposition="outside" if others is None else "none",
        cliponaxis=False,
        name=legend_name(others.this) if others else None,
        hovertemplate=f"%{{x}} {theme.rated.unit}: "
        "%{customdata:,} ratings, %{y:.1%}<extra></extra>",
    )
    if others is not None:
        new.add_bar(
            x=others.rows["stars"].to_numpy(),
            y=others.rows["share"].to_numpy(),
            width=0.84 * theme.rated.step,
            marker=outlined(theme.accent),
            customdata=others.rows["ratings"].to_numpy(),
            name=legend_name(others.that),
            hovertemplate=f"%{{x}} {theme.rated.unit}: "
            "%{customdata:,} ratings, %{y:.1%}<extra>%{fullData.name}</extra>",
        )
    return new.update_layout(
        xaxis={
            "title": theme.rated.title,
            "tickvals": theme.rated.ticks,
            "range": theme.rated.range,
        },
        yaxis={"title": "Share of the ratings", "tickformat": ".0%", "rangemode": "tozero"},
        margin={"t": 20},
        barmode="overlay",
    )


def movie_by_stars(rows: pd.DataFrame, theme: Theme, others: Others | None = None) -> PlainFigure:
    """A film's bars, and over them a line of all films of its genres; or of a second set outlines.

    rows: stars, ratings, share, genres_ratings, genres_share.
    """
    new = rating_distribution(rows, theme, others)
    new["data"][0] |= {"name": "This film", "textposition": "none"} if others is None else {}
    if others is None and rows["genres_share"].notna().any():
        new.add_scatter(
            x=rows["stars"].to_numpy(),
            y=rows["genres_share"].to_numpy(),
            mode="lines+markers",
            line={"color": theme.accent, "width": 2},
            marker={"size": 7},
            cliponaxis=False,
            customdata=rows["genres_ratings"].to_numpy(),
            name="Films of its genres",
            hovertemplate=f"%{{x}} {theme.rated.unit}: "
            "%{customdata:,} ratings, %{y:.1%}<extra>%{fullData.name}</extra>",
        )
    return new


def rounded(share: float) -> str:
    """As a percentage; what some gave is never none."""
    return "<1%" if 0 < share < 0.005 else f"{share:.0%}"
