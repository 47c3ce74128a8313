"""Plotly's own checks of our plain figures, which production does without."""

import numpy as np
import plotly.graph_objects as go

from dashboard.plain_figure import PlainFigure


def validated(figure: PlainFigure) -> go.Figure:
    """The same as Plotly's Figure. Raises ValueError for what Plotly does not know.

    Fails where Plotly writes it differently: plotly.js takes what it gets, and would not see it.
    """
    checked = go.Figure(figure)
    traces = [trace._props for trace in checked.data]
    for ours, plotlys in zip(figure["data"], traces, strict=True):
        same(ours, plotlys, ours["type"])
    same(figure["layout"], checked.layout._props, "layout")
    return checked


def same(ours: object, plotlys: object, where: str) -> None:
    if isinstance(ours, dict):
        assert isinstance(plotlys, dict) and ours.keys() <= plotlys.keys() | {"template"}, where
        for name in ours.keys() - {"template"}:
            same(ours[name], plotlys[name], f"{where}.{name}")
    elif isinstance(ours, np.ndarray) or isinstance(plotlys, np.ndarray):
        assert len(ours) == len(plotlys), where
    elif isinstance(ours, (list, tuple)):
        for place, (one, other) in enumerate(zip(ours, plotlys, strict=True)):
            same(one, other, f"{where}[{place}]")
    else:
        assert ours == plotlys or ours != ours, where  # type: ignore[comparison-overlap]
