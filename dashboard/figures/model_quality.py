"""Figures of how well the models recommend.

Rows: dataset, protocol, model, label, measure, value, low, high (95 % interval), n.
"""

import numpy as np
import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme, figure

PLOT = (340, 270)  # pixels between the outermost points, and from the best down to zero
MARGIN = 30  # pixels beside those points
PLACES = (
    *("middle right", "middle left", "top right", "bottom right", "top left", "bottom left"),
    *("top center", "bottom center"),
)
QUALITY, LATENCY = "ndcg@10", "p95_ms"
GIVEN = {"ndcg@10 given 5": 5, "ndcg@10 given 10": 10, "ndcg@10": 15}


def quality_and_speed(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """NDCG@10 with its interval against milliseconds per answer, a point a model."""
    of = rows.pivot(index="label", columns="measure", values="value")
    of = of.reindex(columns=[QUALITY, LATENCY])
    spread = rows[rows["measure"] == QUALITY].set_index("label").reindex(of.index)
    new = figure(theme)
    new.add_scatter(
        x=of[LATENCY].to_numpy(),
        y=of[QUALITY].to_numpy(),
        error_y={
            "array": (spread["high"] - spread["value"]).to_numpy(),
            "arrayminus": (spread["value"] - spread["low"]).to_numpy(),
            "color": theme.quiet,
            "thickness": 1.5,
        },
        mode="markers+text",
        text=of.index,
        textposition=_beside(of[LATENCY], of[QUALITY]),
        textfont={"size": 11, "color": theme.ink},
        marker={"size": 10, "color": theme.accent},
        customdata=spread[["low", "high"]].to_numpy(),
        hovertemplate="%{text}: NDCG@10 %{y:.3f} (95 % interval %{customdata[0]:.3f} to"
        " %{customdata[1]:.3f})<br>95 % of answers within %{x:.2g} ms<extra></extra>",
    )
    return new.update_layout(
        xaxis={"title": "Milliseconds per answer (95th percentile)", "type": "log"}
        | {"showgrid": True, "dtick": 1},
        yaxis={"title": "NDCG@10 (higher is better)", "rangemode": "tozero"},
    )


def _beside(milliseconds: pd.Series, quality: pd.Series) -> list[str]:
    """Where each point's name has room, as far as any place has: greedily, the best model first.

    Guessed for a plot of PLOT pixels; on a larger one there is more room.
    """
    across = np.log(milliseconds.to_numpy(float))
    across = (across - np.nanmin(across)) / (np.ptp(across[~np.isnan(across)]) or 1) * PLOT[0]
    down = -quality.to_numpy(float) / (quality.max() or 1) * PLOT[1]
    taken = [(x - 6, x + 6, y - 6, y + 6) for x, y in zip(across, down, strict=True)]
    found = {}
    for point in np.argsort(down):
        name = quality.index[point]
        boxes = {place: _box(place, across[point], down[point], name) for place in PLACES}
        clashes = {place: _clashes(box, taken) for place, box in boxes.items()}
        found[name] = min(PLACES, key=lambda place: clashes[place])
        taken.append(boxes[found[name]])
    return [found[name] for name in quality.index]


def _box(place: str, x: float, y: float, name: str) -> tuple[float, float, float, float]:
    """Left, right, top and bottom of a point's name, pixels."""
    width = 6.5 * len(name)
    vertical, horizontal = place.split()
    left = {"left": x - 8 - width, "center": x - width / 2, "right": x + 8}[horizontal]
    top = {"top": y - 20, "middle": y - 6, "bottom": y + 8}[vertical]
    return left, left + width, top, top + 12


def _clashes(box: tuple, taken: list[tuple]) -> int:
    """How many boxes it overlaps, and whether it leaves the plot."""
    left, right, top, bottom = box
    over = [t for t in taken if left < t[1] and t[0] < right and top < t[3] and t[2] < bottom]
    return len(over) + 2 * (left < -MARGIN or right > PLOT[0] + MARGIN)


def learning_curve(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """NDCG@10 by how many ratings a visitor gives, the best models named."""
    of = rows[rows["measure"].isin(GIVEN)].assign(given=lambda r: r["measure"].map(GIVEN))
    best = of.groupby("label")["value"].max().sort_values(ascending=False).index
    new = figure(theme)
    for place, label in enumerate(best):
        line = of[of["label"] == label].sort_values("given")
        named = place < len(theme.sequence)
        new.add_scatter(
            x=line["given"].to_numpy(),
            y=line["value"].to_numpy(),
            name=label,
            mode="lines+markers",
            line={"color": theme.sequence[place] if named else theme.quiet, "width": 2},
            showlegend=named,
            hovertemplate=f"{label}, %{{x}} ratings given: NDCG@10 %{{y:.3f}}<extra></extra>",
        )
    return new.update_layout(
        xaxis={"title": "Ratings given by the visitor, at most", "tickvals": [5, 10, 15]},
        yaxis={"title": "NDCG@10 (higher is better)", "rangemode": "tozero"},
    )
