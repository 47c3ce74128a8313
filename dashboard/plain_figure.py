"""A figure as plotly.js reads it, {"data": [trace, ...], "layout": {...}}: dicts, lists and arrays.

Nothing is checked while a page waits, which would take most of a chart's time;
tests/dashboard/figures/validated.py has Plotly check each figure that a test draws.
"""

from typing import Any, Self

import pandas as pd


class PlainFigure(dict):
    """The figure itself, to be handed to dcc.Graph or encoded.

    What is None is left out, columns become arrays, and a title that is a string its text.
    """

    def __init__(self, layout: dict[str, Any]) -> None:
        super().__init__(data=[], layout=layout)

    def add_scatter(self, **trace: Any) -> Self:
        """Add points or a line."""
        return self.add_trace("scatter", trace)

    def add_bar(self, **trace: Any) -> Self:
        """Add bars."""
        return self.add_trace("bar", trace)

    def add_heatmap(self, **trace: Any) -> Self:
        """Add cells."""
        return self.add_trace("heatmap", trace)

    def add_trace(self, kind: str, trace: dict[str, Any]) -> Self:
        """Add a trace of any kind."""
        self["data"].append({"type": kind} | _plain(trace))
        return self

    def add_annotation(self, **annotation: Any) -> Self:
        """Add a text of its own."""
        self["layout"].setdefault("annotations", []).append(_plain(annotation))
        return self

    def add_shape(self, **shape: Any) -> Self:
        """Add a line or an area of its own."""
        self["layout"].setdefault("shapes", []).append(_plain(shape))
        return self

    def update_layout(self, **changes: Any) -> Self:
        """Set what is named, down to single properties; the rest stays."""
        _merge(self["layout"], _plain(changes))
        return self


def _plain(given: dict[str, Any]) -> dict[str, Any]:
    return {
        name: {"text": value} if name == "title" and isinstance(value, str) else _value(value)
        for name, value in given.items()
        if value is not None
    }


def _value(value: Any) -> Any:
    if isinstance(value, dict):
        return _plain(value)
    return value.to_numpy() if isinstance(value, (pd.Series, pd.Index)) else value


def _merge(whole: dict[str, Any], changes: dict[str, Any]) -> None:
    for name, value in changes.items():
        if isinstance(value, dict) and isinstance(whole.get(name), dict):
            _merge(whole[name], value)
        else:
            whole[name] = value
