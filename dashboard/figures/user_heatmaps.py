"""Figures of users."""

import numpy as np
import pandas as pd
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.spatial.distance import squareform

from dashboard.figures.others import Others, legend_name
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure

NUMBERED = 12  # users: of no more there is room for the numbers in the cells


def user_averages(rows: pd.DataFrame, theme: Theme, others: Others | None = None) -> PlainFigure:
    """Heat map of users by how many films they rated and their mean, with the bins' median line.

    Of a second set there is the line alone. rows: ratings_from, ratings_to, average_rating (lower
    edge of a bin 0.1 stars wide), users.
    """
    grid, labels = _grid(rows)
    middles = grid.index.to_numpy() + 0.1 * theme.rated.step
    new = figure(theme)
    new.add_heatmap(
        x=labels,
        y=middles,
        z=np.log10(grid.to_numpy(dtype=float)),
        customdata=grid.to_numpy(dtype=float),
        colorscale=_scale(theme),
        showscale=False,
        hoverongaps=False,
        xgap=1,
        ygap=1,
        hovertemplate="%{customdata:,} users rated %{x} films at about %{y:.2f} "
        f"{theme.rated.unit} on average"
        "<extra></extra>",
    )
    room = 0.4 * theme.rated.step
    _add_medians(new, rows, theme, theme.rating, legend_name(others.this) if others else "")
    if others is not None and len(others.rows):
        _add_medians(new, others.rows, theme, theme.ink, legend_name(others.that))
        _, labels = _grid(pd.concat([rows, others.rows]))
    return new.update_layout(
        xaxis={
            "title": "Films rated by the user",
            "type": "category",
            "categoryorder": "array",
            "categoryarray": labels,
        },
        yaxis={
            "title": f"The user’s average rating ({theme.rated.name})",
            "range": [middles.min() - room, middles.max() + room],
            "tickvals": theme.rated.ticks,
        },
        showlegend=others is not None,
    )


def _grid(rows: pd.DataFrame) -> tuple[pd.DataFrame, list[str]]:
    """Users by average (rows) and bin of ratings (columns), and what the bins are called."""
    grid = rows.pivot_table(
        index="average_rating", columns="ratings_from", values="users", aggfunc="sum"
    )
    widths = rows.drop_duplicates("ratings_from").set_index("ratings_from")["ratings_to"]
    return grid, [_span(low, widths[low]) for low in grid.columns]


def _add_medians(new: PlainFigure, rows: pd.DataFrame, theme: Theme, colour: str, of: str) -> None:
    grid, labels = _grid(rows)
    middles = grid.index.to_numpy() + 0.1 * theme.rated.step
    new.add_scatter(
        x=labels,
        y=[_median(middles, grid[low].fillna(0).to_numpy()) for low in grid.columns],
        mode="lines+markers",
        name=f"Median, {of}" if of else "Median",
        line={"color": colour, "width": 2},
        hovertemplate="Half of the users who rated %{x} films average below %{y:.2f} "
        f"{theme.rated.unit}<extra>{of}</extra>",
    )


def user_similarity(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """Heat map of cosine similarity between users, similar users side by side.

    rows: user_id, other_user_id, similarity; every ordered pair. Average-linkage clustering.
    """
    grid = rows.pivot(index="user_id", columns="other_user_id", values="similarity")
    order = _clustered(grid.to_numpy())
    names = [str(user) for user in grid.index[order]]
    values = grid.to_numpy()[np.ix_(order, order)].copy()
    others = values[~np.eye(len(values), dtype=bool)]
    highest = others.max(initial=0.0) if len(names) > 2 else 1.0  # two users have one colour
    new = figure(theme)
    new.add_heatmap(
        x=names,
        y=names,
        z=values,
        zmin=0,
        zmax=max(highest, 0.01),
        texttemplate="%{z:.2f}" if len(names) <= NUMBERED else None,
        colorscale=_scale(theme),
        colorbar={"title": {"text": "cosine"}},
        hovertemplate="Users %{x} and %{y}: cosine similarity %{z:.2f}<extra></extra>",
    )
    return new.update_layout(
        xaxis={
            "title": "User",
            "type": "category",
            "showticklabels": len(names) <= 60,
            "tickfont": {"size": 9},
        },
        yaxis={
            "title": "User",
            "type": "category",
            "autorange": "reversed",
            "showticklabels": len(names) <= 60,
            "tickfont": {"size": 9},
            "showgrid": False,
        },
    )


def _clustered(similarity: np.ndarray) -> np.ndarray:
    if len(similarity) < 3:
        return np.arange(len(similarity))
    distance = np.clip(1 - similarity, 0, None)
    np.fill_diagonal(distance, 0)
    return leaves_list(
        linkage(
            squareform((distance + distance.T) / 2, checks=False), "average", optimal_ordering=True
        )
    )


def _scale(theme: Theme) -> list:
    return list(zip(np.linspace(0, 1, len(theme.scale)), theme.scale, strict=True))


def _span(low: int, high: int) -> str:
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"


def _median(values: np.ndarray, weights: np.ndarray) -> float:
    return float(values[np.searchsorted(weights.cumsum(), weights.sum() / 2)])
