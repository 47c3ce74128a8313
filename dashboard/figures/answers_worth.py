"""Figures of what more answers add to a list. Rows: as in model_quality."""

import pandas as pd

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.model_quality import QUALITY, looks
from dashboard.figures.panels import panels
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme

GAINED = {
    f"{QUALITY} gained after 10": "5 to 10",
    f"{QUALITY} gained after 30": "10 to 30",
}


def gains(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """NDCG@10 gained from 5 to 10 and from 10 to 30 questions, a line a model, a panel each."""
    styles = looks(rows, theme, QUALITY)
    order = [*styles][::-1]
    new = panels(theme, 1, len(GAINED), across=0.1, shared_y=True)
    for place, (measure, title) in enumerate(GAINED.items(), start=1):
        of = rows[rows["measure"] == measure].set_index("label").reindex(order)
        colours = [theme.accent if styles[label].default else theme.muted for label in order]
        new.add_scatter(
            x=of["value"],
            y=[styles[label].name for label in order],
            error_x=interval_bars(of, "value", theme.quiet),
            mode="markers",
            marker={"size": 9, "color": colours},
            showlegend=False,
            customdata=of[["low", "high"]].to_numpy(),
            hovertemplate=f"%{{y}}, {title} questions: %{{x:+.3f}} NDCG@10 (95 % interval"
            " %{customdata[0]:+.3f} to %{customdata[1]:+.3f})<extra></extra>",
            row=1,
            col=place,
        )
        below = f"{title}<br>questions"  # in one line, the two would meet at 360 px
        new.update_xaxes(title=below, row=1, col=place)
        new.add_shape(type="line", **_nothing_gained(place, theme))
    new.update_xaxes(tickformat=".3~f", nticks=3, tickangle=0, showgrid=True)
    new.update_yaxes(showgrid=True, dtick=1)
    return new


def _nothing_gained(place: int, theme: Theme) -> dict:
    """The line at 0 in a panel, from below to above."""
    number = "" if place == 1 else place
    return {
        "xref": f"x{number}",
        "yref": f"y{number} domain",
        "x0": 0,
        "x1": 0,
        "y0": 0,
        "y1": 1,
        "line": {"color": theme.muted, "width": 1.5, "dash": "dot"},
    }
