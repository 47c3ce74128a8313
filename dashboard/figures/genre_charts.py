"""Figures by genre."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from dashboard.figures.genre_cells import FEW, PALE, colour_bar
from dashboard.figures.genre_differences import genre_differences
from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.others import Others, legend_name, outlined
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure


def movies_by_genre(
    rows: pd.DataFrame, theme: Theme, genres: Sequence[str] = (), others: Others | None = None
) -> PlainFigure:
    """Bars of films by genre, most at the top, those of chosen genres stand out.

    A second set's are outlines over them.

    rows: genre, movies.
    """
    ordered = rows.sort_values("movies", kind="stable")
    new = figure(theme)
    new.add_bar(
        x=ordered["movies"].to_numpy(),
        y=ordered["genre"],
        orientation="h",
        marker={
            "color": theme.count if others else theme.accent,
            "opacity": _standing_out(ordered["genre"], () if others else genres),
        },
        name=legend_name(others.this) if others else None,
        hovertemplate="%{y}: %{x:,} films<extra></extra>",
    )
    if others is not None:
        new.add_bar(
            x=others.rows["movies"].to_numpy(),
            y=others.rows["genre"],
            orientation="h",
            marker=outlined(theme.rating),
            name=legend_name(others.that),
            hovertemplate="%{y}: %{x:,} films<extra>%{fullData.name}</extra>",
        )
    return new.update_layout(
        xaxis={"title": "Films rated", "tickformat": ","},
        yaxis={"title": None, "type": "category", "showgrid": False},
        barmode="overlay",
    )


def ratings_by_genre(
    rows: pd.DataFrame, theme: Theme, genres: Sequence[str] = (), others: Others | None = None
) -> PlainFigure:
    """Average rating by genre as points with their 95 % intervals, chosen genres' stand out.

    A second set's are diamonds in the same rows. rows: genre, ratings, average_rating, low, high.
    """
    ordered = rows.sort_values("average_rating", kind="stable")
    new = figure(theme)
    strong = _standing_out(ordered["genre"], () if others else genres)
    marker = {"size": 9, "color": theme.rating, "opacity": strong}
    _add_points(new, ordered, theme, marker, others.this if others else "")
    if others is not None:
        diamonds = {"size": 9, "color": theme.accent, "symbol": "diamond-open"}
        _add_points(new, others.rows, theme, diamonds | {"line": {"width": 2}}, others.that)
    return new.update_layout(
        xaxis={"title": f"Average rating ({theme.rated.name})", "showgrid": True},
        yaxis={"title": None, "type": "category", "showgrid": True},
    )


def _add_points(
    new: PlainFigure, rows: pd.DataFrame, theme: Theme, marker: dict, words: str
) -> None:
    new.add_scatter(
        x=rows["average_rating"].to_numpy(),
        y=rows["genre"],
        mode="markers",
        marker=marker,
        error_x=interval_bars(rows, "average_rating", marker["color"]),
        customdata=rows[["ratings", "low", "high"]].to_numpy(),
        name=legend_name(words) or None,
        hovertemplate=f"%{{y}}: %{{x:.2f}} {theme.rated.unit} on average, "
        "%{customdata[1]:.2f} to %{customdata[2]:.2f}<br>%{customdata[0]:,} ratings"
        f"<extra>{legend_name(words)}</extra>",
    )


def _standing_out(names: pd.Series, chosen: Sequence[str]) -> np.ndarray:
    """How strong each mark is: all alike where none is chosen."""
    return np.where(names.isin(chosen) | (not chosen), 1.0, PALE)


def genre_by_decade(rows: pd.DataFrame, theme: Theme, others: Others | None = None) -> PlainFigure:
    """Heat map of average rating, genre by release decade; cells of few ratings are pale, with n.

    Against a second set, it is one of the differences.

    rows: genre, decade, ratings, average_rating, low, high.
    """
    if others is not None:
        return genre_differences(rows, theme, others)
    averages = rows.pivot(index="genre", columns="decade", values="average_rating").sort_index(
        ascending=False
    )
    counts = rows.pivot(index="genre", columns="decade", values="ratings").reindex_like(averages)
    decades = range(rows["decade"].min(), rows["decade"].max() + 10, 10)
    averages, counts = averages.reindex(columns=decades), counts.reindex(columns=decades)
    few = counts < FEW
    firm = averages.mask(few)
    ends = averages if firm.isna().all(axis=None) else firm
    low, high = np.floor(ends.min(axis=None) * 10) / 10, np.ceil(ends.max(axis=None) * 10) / 10
    new = figure(theme)
    for cells, pale in ((firm, False), (averages.where(few), True)):
        new.add_heatmap(
            x=[f"{decade}s" for decade in decades],
            y=averages.index,
            z=cells.to_numpy(dtype=float),
            customdata=counts.to_numpy(dtype=float),
            colorscale=list(zip(np.linspace(0, 1, len(theme.scale)), theme.scale, strict=True)),
            zmin=low,
            zmax=high,
            opacity=PALE if pale else 1,
            text=_counted(counts.where(few)) if pale else None,
            texttemplate="%{text}" if pale else None,
            textfont={"size": 10, "color": theme.ink},
            xgap=2,
            ygap=2,
            hoverongaps=False,
            showscale=not pale,
            colorbar=colour_bar(f"Average rating ({theme.rated.name})"),
            hovertemplate="%{y}, released in the %{x}: %{z:.2f} "
            f"{theme.rated.unit} on average<br>"
            "%{customdata:,} ratings<extra></extra>",
        )
    return new.update_layout(
        xaxis={"title": "Decade of release", "type": "category"},
        yaxis={"title": None, "type": "category", "showgrid": False},
    )


def _counted(counts: pd.DataFrame) -> list[list[str]]:
    return [["" if np.isnan(n) else f"{n:,.0f}" for n in row] for row in counts.to_numpy(float)]
