"""Figures of how well the models recommend.

Rows: dataset, protocol, model, label, measure, value, low, high (95 % interval), n.
"""

import pandas as pd
import plotly.graph_objects as go

from dashboard.theme import Theme, figure

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
        textposition=_beside(of[LATENCY]),
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


def _beside(milliseconds: pd.Series) -> list[str]:
    """Where each point's name has room on a logarithmic axis: towards the middle."""
    middle = (milliseconds.min() * milliseconds.max()) ** 0.5
    return ["top left" if each > middle else "top right" for each in milliseconds]


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
