"""Figures by genre."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme, figure


def movies_by_genre(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Bars of films by genre, most at the top. rows: genre, movies."""
    ordered = rows.sort_values("movies", kind="stable")
    new = figure(theme)
    new.add_bar(
        x=ordered["movies"].to_numpy(),
        y=ordered["genre"],
        orientation="h",
        marker={"color": theme.accent},
        customdata=ordered["genre"],
        hovertemplate="%{y}: %{x:,} films<extra></extra>",
    )
    return new.update_layout(
        xaxis={"title": "Films rated"}, yaxis={"title": None, "showgrid": False}
    )


def ratings_by_genre(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Average rating by genre as points, sized by ratings. rows: genre, ratings, average_rating."""
    ordered = rows.sort_values("average_rating", kind="stable")
    sizes = 6 + 22 * np.sqrt(ordered["ratings"].to_numpy() / ordered["ratings"].max())
    new = figure(theme)
    new.add_scatter(
        x=ordered["average_rating"].to_numpy(),
        y=ordered["genre"],
        mode="markers",
        marker={"size": sizes, "color": theme.rating, "line": {"width": 1, "color": theme.surface}},
        customdata=ordered["ratings"].to_numpy(),
        hovertemplate="%{y}: %{x:.2f} stars on average<br>%{customdata:,} ratings<extra></extra>",
    )
    return new.update_layout(
        xaxis={"title": "Average rating (stars)", "showgrid": True},
        yaxis={"title": None, "showgrid": True},
    )


def genre_by_decade(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Heat map of average rating, genre by release decade.

    rows: genre, decade, ratings, average_rating.
    """
    averages = rows.pivot(index="genre", columns="decade", values="average_rating").sort_index(
        ascending=False
    )
    counts = rows.pivot(index="genre", columns="decade", values="ratings").reindex_like(averages)
    decades = range(rows["decade"].min(), rows["decade"].max() + 10, 10)
    averages, counts = averages.reindex(columns=decades), counts.reindex(columns=decades)
    steps = np.linspace(0, 1, len(theme.scale))
    new = figure(theme)
    new.add_heatmap(
        x=[f"{decade}s" for decade in decades],
        y=averages.index,
        z=averages.to_numpy(dtype=float),
        customdata=counts.to_numpy(dtype=float),
        colorscale=list(zip(steps, theme.scale, strict=True)),
        zmin=2.5,
        zmax=4.5,
        xgap=2,
        ygap=2,
        hoverongaps=False,
        colorbar={
            "title": {"text": "stars"},
            "thickness": 10,
            "outlinewidth": 0,
            "tickfont": {"color": theme.muted},
        },
        hovertemplate="%{y}, released in the %{x}: %{z:.2f} stars on average<br>"
        "%{customdata:,} ratings<extra></extra>",
    )
    return new.update_layout(
        xaxis={"title": "Decade of release", "type": "category"},
        yaxis={"title": None, "showgrid": False},
    )
