"""Figures of lists that lean to popular or surprising films. Rows: as in model_quality, and
surprise, from -1 (popular) to 1.
"""

import pandas as pd

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.panels import panels
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme

MEASURES = {
    "ndcg@10": "NDCG@10",
    "stratified_ndcg@10": "Stratified NDCG",
    "fame": "Of the 50 most rated",
    "coverage": "Coverage",
}


def along_surprise(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """NDCG, stratified NDCG, fame and coverage by what was asked for, a panel each."""
    new = panels(theme, 2, 2, down=0.26, across=0.16)
    for place, (measure, title) in enumerate(MEASURES.items()):
        row, column = place // 2 + 1, place % 2 + 1
        for label, line in rows[rows["measure"] == measure].groupby("label"):
            said = f"{label}: {title}"
            new.add_scatter(**_line(line.sort_values("surprise"), said, theme), row=row, col=column)
        # below, as beside the second panel it would lie on the first's points
        new.update_xaxes(title=title, row=row, col=column)
    new.update_xaxes(tickvals=[-1, 0, 1], ticktext=["−1", "0", "+1"])
    new.update_yaxes(rangemode="tozero", nticks=5)
    return new.update_layout(showlegend=False)


def _line(of: pd.DataFrame, name: str, theme: Theme) -> dict:
    return {
        "x": of["surprise"].to_numpy(),
        "y": of["value"].to_numpy(),
        "error_y": interval_bars(of, "value", theme.muted),
        "mode": "lines+markers",
        "line": {"color": theme.accent, "width": 2.5},
        "hovertemplate": f"{name} %{{y:.3f}}, slider at %{{x:+.1f}}<extra></extra>",
    }
