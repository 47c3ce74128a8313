"""Colours and Plotly templates of the two themes; `assets/style.css` has the same colours."""

import math
from dataclasses import dataclass

from dashboard.plain_figure import PlainFigure

FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

DISPLAY = "'Instrument Serif', 'Iowan Old Style', Palatino, Georgia, serif"


@dataclass(frozen=True)
class RatingAxis:
    """How ratings are named, and drawn on an axis: as stars, or as numbers of another scale."""

    unit: str = "stars"
    name: str = "stars"
    worst: float = 0.5
    best: float = 5.0
    step: float = 0.5
    """What half a star is worth."""

    @property
    def title(self) -> str:
        """Of an axis of single ratings."""
        return "Stars" if self.name == "stars" else f"Rating ({self.name})"

    @property
    def range(self) -> list[float]:
        """Of an axis that has room for bars at both ends."""
        return [self.worst - 0.6 * self.step, self.best + 0.6 * self.step]

    @property
    def ticks(self) -> list[float]:
        """A handful of round numbers: whole ones where these are few."""
        span = self.best - self.worst
        apart = next(each for each in (0.1, 1, 2, 5, 10, 20, 50, span) if span <= 10 * each)
        first = math.ceil(self.worst / apart - 1e-9)
        return [round(n * apart, 9) for n in range(first, int(self.best / apart + 1e-9) + 1)]


@dataclass(frozen=True)
class Theme:
    """Colours by what they mean in a chart, as CSS colours that reach 3:1 on `surface`."""

    name: str
    bar: str  # above the page, the browser's own bar included
    surface: str
    ink: str
    muted: str
    grid: str
    rating: str  # average ratings, stars
    count: str  # how many ratings, bars and areas
    accent: str  # what is chosen or stands out
    quiet: str  # the rest behind what stands out
    sequence: tuple[str, ...]  # categories
    scale: tuple[str, ...]  # low to high
    rated: RatingAxis = RatingAxis()


LIGHT = Theme(
    name="light",
    bar="#1a1822",
    surface="#ffffff",
    ink="#1d1b20",
    muted="#5f5b66",
    grid="#eceae5",
    rating="#b4540a",
    count="#7f86c4",
    accent="#3d3a9e",
    quiet="#c9c6d1",
    sequence=("#3d3a9e", "#b4540a", "#0f766e", "#a21caf", "#4d7c0f", "#be123c", "#0369a1"),
    scale=("#f4f3fb", "#c6c5ea", "#8f8dd3", "#5c59b8", "#2c2a7a"),
)
DARK = Theme(
    name="dark",
    bar="#0d0c12",
    surface="#1c1a23",
    ink="#ece9f1",
    muted="#aaa5b6",
    grid="#2d2a37",
    rating="#ffb454",
    count="#7377b8",
    accent="#aaa7ff",
    quiet="#565264",
    sequence=("#aaa7ff", "#ffb454", "#4fd1c5", "#e879f9", "#a3e635", "#fb7185", "#38bdf8"),
    scale=("#262431", "#3f3d66", "#625fa3", "#8f8bdb", "#c9c7ff"),
)
THEMES = {theme.name: theme for theme in (LIGHT, DARK)}


def _colour_bar(theme: Theme) -> dict:
    """Thin, its words no larger than those of an axis."""
    words = {"size": 12, "color": theme.muted}
    return {"title": {"font": words}, "tickfont": words, "thickness": 8, "outlinewidth": 0}


def _template(theme: Theme) -> dict:
    axis = {
        "gridcolor": theme.grid,
        "linecolor": theme.grid,
        "zeroline": False,
        "automargin": True,
        "ticklabeloverflow": "allow",  # there is room: a tenth of drawing went into measuring it
        "fixedrange": True,
        "title": {"standoff": 10, "font": {"size": 12, "color": theme.muted}},
        "tickfont": {"size": 12, "color": theme.muted},
    }
    return {
        "layout": {
            "font": {"family": FONT, "size": 13, "color": theme.ink},
            "paper_bgcolor": "rgba(0,0,0,0)",
            "plot_bgcolor": "rgba(0,0,0,0)",
            "colorway": list(theme.sequence),
            "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
            "xaxis": axis | {"showgrid": False},
            "yaxis": axis,
            "hovermode": "closest",
            "dragmode": False,
            "hoverlabel": {
                "bgcolor": theme.ink,
                "bordercolor": theme.ink,
                "font": {"family": FONT, "size": 13, "color": theme.surface},
                "align": "left",
            },
            "legend": {
                "orientation": "h",
                "x": 0,
                "xanchor": "left",
                "y": 1.02,
                "yanchor": "bottom",
                "itemclick": False,
                "itemdoubleclick": False,
                "font": {"size": 12, "color": theme.muted},
            },
            "bargap": 0.12,
            "separators": ".,",
        },
        "data": {"heatmap": [{"colorbar": _colour_bar(theme)}]},
    }


TEMPLATES = {name: _template(theme) for name, theme in THEMES.items()}


def figure(theme: Theme) -> PlainFigure:
    """An empty figure in `theme`."""
    return PlainFigure({"template": TEMPLATES[theme.name]})
