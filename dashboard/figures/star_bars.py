"""Figures of how ratings are spread."""

import pandas as pd

from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure


def rating_distribution(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """Bars of each star value's share of the ratings. rows: stars, ratings, share."""
    new = figure(theme)
    new.add_bar(
        x=rows["stars"].to_numpy(),
        y=rows["share"].to_numpy(),
        width=0.84 * theme.rated.step,
        marker={"color": theme.rating},
        customdata=rows["ratings"].to_numpy(),
        text=rows["share"].to_numpy(),
        texttemplate="%{text:.0%}",
        textposition="outside",
        cliponaxis=False,
        hovertemplate=f"%{{x}} {theme.rated.unit}: "
        "%{customdata:,} ratings, %{y:.1%}<extra></extra>",
    )
    return new.update_layout(
        xaxis={
            "title": theme.rated.title,
            "tickvals": theme.rated.ticks,
            "range": theme.rated.range,
        },
        yaxis={"title": "Share of the ratings", "tickformat": ".0%", "rangemode": "tozero"},
        margin={"t": 20},
    )
