"""Figures of the ranges around predicted stars. Rows: as in model_quality."""

from collections.abc import Mapping

import pandas as pd

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.model_quality import looks
from dashboard.figures.panels import panels
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme

GIVEN = {" given 1": 1, " given 3": 3, " given 5": 5, " given 10": 10, "": 15}
"""How many ratings a visitor gives, by what follows the measure's name."""
PANELS = {"covered": "Stars within the range", "width": "Width, stars"}
SHALL = 0.8


def coverage(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """Share of stars within their range, and its width, by ratings given, a line a model."""
    new = panels(theme, 1, 2, across=0.14)
    styles = looks(rows, theme, "rmse", lowest=True)
    for place, (measure, title) in enumerate(PANELS.items(), start=1):
        points = {measure + stage: n for stage, n in GIVEN.items()}
        for label in reversed(styles):
            new.add_scatter(
                **_line(rows[rows["label"] == label], points, styles[label]),
                legendgroup=label,
                showlegend=styles[label].named and place == 1,
                row=1,
                col=place,
            )
        below = f"{title},<br>by ratings given"  # beside it, it would lie on the first's points
        new.update_xaxes(title=below, tickvals=[1, 5, 10, 15], row=1, col=place)
        new.update_yaxes(rangemode="tozero", row=1, col=place)
    new.update_yaxes(range=[0.5, 1], tickformat=".0%", row=1, col=1)
    new.add_shape(
        type="line",
        xref="x domain",
        x0=0,
        x1=1,
        y0=SHALL,
        y1=SHALL,
        line={"color": theme.muted, "width": 1.5, "dash": "dot"},
    )
    return new.update_layout(legend={"traceorder": "reversed"})


def _line(of: pd.DataFrame, points: Mapping[str, int], style) -> dict:
    """A model's values by ratings given, with their 95 % intervals."""
    line = of[of["measure"].isin(points)].assign(at=lambda r: r["measure"].map(points))
    line = line.sort_values("at")
    return {
        "x": line["at"].to_numpy(),
        "y": line["value"].to_numpy(),
        "error_y": interval_bars(line, "value", style.colour),
        "name": style.name,
        "mode": "lines+markers",
        "line": {"color": style.colour, "width": style.width},
        "hovertemplate": f"{style.name}, %{{x}} ratings given: %{{y:.3g}}<extra></extra>",
    }
