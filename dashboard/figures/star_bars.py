"""Figures of how ratings are spread."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme, figure


def rating_distribution(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Bars of each star value's share of the ratings. rows: stars, ratings, share."""
    new = figure(theme)
    new.add_bar(
        x=rows["stars"].to_numpy(),
        y=rows["share"].to_numpy(),
        width=0.42,
        marker={"color": theme.rating},
        customdata=rows["ratings"].to_numpy(),
        text=rows["share"].to_numpy(),
        texttemplate="%{text:.0%}",
        textposition="outside",
        cliponaxis=False,
        hovertemplate="%{x} stars: %{customdata:,} ratings, %{y:.1%}<extra></extra>",
    )
    return new.update_layout(
        xaxis={"title": "Stars", "tickvals": [1, 2, 3, 4, 5], "range": [0.2, 5.3]},
        yaxis={"title": "Share of the ratings", "tickformat": ".0%", "rangemode": "tozero"},
        margin={"t": 20},
    )
