"""Figures of the ranges around predicted stars. Rows: as in model_quality."""

from collections.abc import Mapping

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.model_quality import looks, panels
from dashboard.theme import Theme

GIVEN = {" given 1": 1, " given 3": 3, " given 5": 5, " given 10": 10, "": 15}
"""How many ratings a visitor gives, by what follows the measure's name."""
PANELS = {"covered": "Stars within the range", "width": "Width, stars"}
SHALL = 0.8


def coverage(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """Share of stars within their range, and its width, by ratings given, a line a model."""
    new = panels(theme, 1, 2, horizontal_spacing=0.14)
    styles = looks(rows, theme, "rmse", lowest=True)
    for place, (measure, title) in enumerate(PANELS.items(), start=1):
        points = {measure + stage: n for stage, n in GIVEN.items()}
        for label in reversed(styles):
            new.add_trace(_line(rows[rows["label"] == label], points, styles[label]), 1, place)
            new.data[-1].update(legendgroup=label, showlegend=styles[label].named and place == 1)
        below = f"{title},<br>by ratings given"  # beside it, it would lie on the first's points
        new.update_xaxes(title=below, tickvals=[1, 5, 10, 15], row=1, col=place)
        new.update_yaxes(rangemode="tozero", row=1, col=place)
    new.update_yaxes(range=[0.5, 1], tickformat=".0%", row=1, col=1)
    new.add_hline(SHALL, line={"color": theme.muted, "width": 1.5, "dash": "dot"}, row=1, col=1)
    return new.update_layout(legend={"traceorder": "reversed"})


def _line(of: pd.DataFrame, points: Mapping[str, int], style) -> go.Scatter:
    """A model's values by ratings given, with their 95 % intervals."""
    line = of[of["measure"].isin(points)].assign(at=lambda r: r["measure"].map(points))
    line = line.sort_values("at")
    return go.Scatter(
        x=line["at"].to_numpy(),
        y=line["value"].to_numpy(),
        error_y=interval_bars(line, "value", style.colour),
        name=style.name,
        mode="lines+markers",
        line={"color": style.colour, "width": style.width},
        hovertemplate=f"{style.name}, %{{x}} ratings given: %{{y:.3g}}<extra></extra>",
    )
