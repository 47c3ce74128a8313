"""Figures by genre."""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme, figure

NAMED = 5  # lines with a colour and a name of their own; more can't be told apart


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


def genre_share_by_year(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Lines of each genre's share of the year's ratings, the largest five named.

    rows: year, genre, ratings, share.
    """
    shares = rows.pivot(index="year", columns="genre", values="share").reindex(
        range(rows["year"].min(), rows["year"].max() + 1)
    )
    shares = shares.fillna(0).where(shares.notna().any(axis=1))
    largest = (
        rows.groupby("genre")["ratings"].sum().sort_values(ascending=False, kind="stable").index
    )
    new = figure(theme)
    for genre in reversed(largest):
        rank = largest.get_loc(genre)
        named = rank < NAMED
        new.add_scatter(
            x=shares.index.to_numpy(),
            y=shares[genre].to_numpy(),
            name=genre,
            mode="lines+markers" if len(shares) < 3 else "lines",
            line={
                "color": theme.sequence[rank] if named else theme.quiet,
                "width": 2.5 if named else 1,
            },
            showlegend=named,
            hovertemplate=genre + " in %{x}: %{y:.1%} of the ratings<extra></extra>",
        )
    return new.update_layout(
        xaxis={"title": "Year of rating", "tickformat": "d"},
        yaxis={"title": "Share of the year’s ratings", "tickformat": ".0%", "rangemode": "tozero"},
        legend={"traceorder": "reversed"},
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
