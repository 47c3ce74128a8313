"""What a figure is told of the second set of filters that it draws beside the first."""

from dataclasses import dataclass
from html import escape

import pandas as pd

LONGEST = 30  # characters of a set's words in a legend: a phone's width has room for them


@dataclass(frozen=True)
class Others:
    """rows: as the figure's own. this, that: the sets in words, the first one's first."""

    rows: pd.DataFrame
    this: str
    that: str


def legend_name(words: str) -> str:
    """The words of a set, short enough and safe inside Plotly's text, which reads tags."""
    short = words if len(words) <= LONGEST else f"{words[: LONGEST - 1].rstrip()}…"
    return escape(short, quote=False)


def outlined(colour: str) -> dict:
    """The marker of a second set's bars, whose colour is not the first's: that is seen through."""
    return {"color": "rgba(0,0,0,0)", "line": {"color": colour, "width": 2}}
