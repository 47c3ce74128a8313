"""Figures of what more answers add to a list. Rows: as in model_quality."""

import pandas as pd
import plotly.graph_objects as go

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.model_quality import QUALITY, looks, panels
from dashboard.theme import Theme

GAINED = {
    f"{QUALITY} gained after 10": "5 to 10 questions",
    f"{QUALITY} gained after 30": "10 to 30 questions",
}


def gains(rows: pd.DataFrame, theme: Theme) -> go.Figure:
    """NDCG@10 gained from 5 to 10 and from 10 to 30 questions, a line a model, a panel each."""
    styles = looks(rows, theme, QUALITY)
    new = panels(theme, 1, len(GAINED), shared_yaxes=True, horizontal_spacing=0.06)
    for place, (measure, title) in enumerate(GAINED.items(), start=1):
        of = rows[rows["measure"] == measure].set_index("label").reindex([*styles][::-1])
        new.add_scatter(
            x=of["value"].to_numpy(),
            y=[styles[label].name for label in of.index],
            error_x=interval_bars(of, "value", theme.quiet),
            mode="markers",
            marker={
                "size": 9,
                "color": [
                    theme.accent if styles[label].default else theme.muted for label in of.index
                ],
            },
            showlegend=False,
            customdata=of[["low", "high"]].to_numpy(),
            hovertemplate=f"%{{y}}, {title}: %{{x:+.3f}} NDCG@10 (95 % interval"
            " %{customdata[0]:+.3f} to %{customdata[1]:+.3f})<extra></extra>",
            row=1,
            col=place,
        )
        new.update_xaxes(title=title, tickformat="+.2f", nticks=4, showgrid=True, row=1, col=place)
        new.add_vline(0, line={"color": theme.muted, "width": 1.5, "dash": "dot"}, row=1, col=place)
    return new.update_yaxes(showgrid=True, dtick=1)
