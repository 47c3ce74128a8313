"""What a reader sees of a figure: the words that each mark says on hovering, with its interval.

They are made of where the mark really stands, so that a mark in the wrong place, of the wrong
column or with the wrong words says something else than `seen` expects of the chart's rows.
"""

import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from typing import Any

import numpy as np
import pandas as pd

from dashboard.plain_figure import PlainFigure

PLACEHOLDER = re.compile(r"%\{(?P<name>[\w.]+)(\[(?P<place>\d+)\])?([:|](?P<format>[^}]+))?\}")
EXTRA = re.compile(r"<extra>.*?</extra>")


def seen(figure: PlainFigure) -> Counter[str]:
    """The words of all marks that say something."""
    return Counter(words for trace in figure["data"] for words in _of_trace(trace))


def _of_trace(trace: dict[str, Any]) -> Iterator[str]:
    template = trace.get("hovertemplate")
    if template is None:
        assert trace["hoverinfo"] == "skip"
        return
    for point in _points(trace):
        if not any(pd.isna(point[name]) for name in "xyz" if name in point):
            yield _said(EXTRA.sub("", template), point) + _interval(point)


def _points(trace: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Each mark's own values; of a heat map each cell's."""
    named = {name: trace[name] for name in ("x", "y", "customdata", "text") if name in trace}
    if "z" in trace:
        for row, y in enumerate(trace["y"]):
            for column, x in enumerate(trace["x"]):
                cell = {
                    name: trace[name][row][column] for name in ("z", "customdata") if name in trace
                }
                yield {"x": x, "y": y} | cell
        return
    for place in range(len(trace["y"])):
        point = {name: np.asarray(values, object)[place] for name, values in named.items()}
        for axis in "xy":
            bars = trace.get(f"error_{axis}")
            if bars is not None:
                ends = (point[axis] - bars["arrayminus"][place], point[axis] + bars["array"][place])
                point["ends"] = ends
        yield point


def _said(template: str, point: dict[str, Any]) -> str:
    def value(found: re.Match[str]) -> str:
        of = point[found["name"]]
        return written(of if found["place"] is None else of[int(found["place"])], found["format"])

    return unescape(PLACEHOLDER.sub(value, template)).replace("<br>", ", ")


def written(value: Any, form: str | None = None) -> str:
    """As d3, which Plotly uses, writes it."""
    if form is None:
        return value if isinstance(value, str) else f"{value:g}"
    if form.startswith("%"):
        return pd.Timestamp(value).strftime(form)
    trimmed = "~" in form
    text = format(int(value) if form == "," else float(value), form.replace("~", ""))
    if trimmed:
        number, sign = text.removesuffix("%"), "%" * text.endswith("%")
        text = (number.rstrip("0").rstrip(".") if "." in number else number) + sign
    return text


def _interval(point: dict[str, Any]) -> str:
    ends = point.get("ends")
    return between(*ends) if ends is not None and not pd.isna(ends[0]) else ""


def between(low: float, high: float) -> str:
    """As an interval's bars are read."""
    return f" [{low:.4f} to {high:.4f}]"
