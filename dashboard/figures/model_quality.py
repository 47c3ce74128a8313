"""Figures of how well the models recommend.

Rows: dataset, protocol, model, label, default, measure, value, low, high (95 % interval), n.

Names stand on an axis or in a legend, never beside a point, so that none overlap at any width.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.figures.interval_bars import interval_bars
from dashboard.figures.panels import panels
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure

QUALITY, LATENCY = "ndcg@10", "p95_ms"
GIVEN = {**{f"ndcg@10 given {n}": n for n in (1, 3, 5, 10)}, QUALITY: 15}
ASKED = {QUALITY: 5, "ndcg@10 after 10": 10, "ndcg@10 after 30": 30}
AGAINST = {
    "fame": "Of the 50 most rated",
    "coverage": "Coverage",
    "novelty": "Novelty, bits",
    "diversity": "Diversity",
}
AXIS = "NDCG@10 (higher is better)"
CALIBRATED = "actual at "  # begins a measure's name; the predicted stars follow
NAMED = 7  # models with a colour of their own


@dataclass(frozen=True)
class Look:
    """How a model is drawn everywhere on the page."""

    name: str
    colour: str
    named: bool
    default: bool

    @property
    def width(self) -> float:
        """Of its line, pixels."""
        return 3.5 if self.default else 1.75


def looks(rows: pd.DataFrame, theme: Theme, measure: str, lowest: bool = False) -> dict[str, Look]:
    """By label, the default first, then the best by this measure; the latter have colours."""
    values = rows[rows["measure"] == measure].set_index("label")["value"]
    of = rows.drop_duplicates("label").assign(value=lambda r: r["label"].map(values))
    of = of.sort_values("value", ascending=lowest, kind="stable")
    of = of.sort_values("default", ascending=False, kind="stable")
    return {
        row.label: Look(
            f"{row.label} (default)" if row.default else row.label,
            theme.sequence[place] if place < NAMED else theme.quiet,
            place < NAMED,
            row.default,
        )
        for place, row in enumerate(of.itertuples())
    }


def quality_and_speed(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """NDCG@10 with its interval, and milliseconds an answer, a line a model, the best on top."""
    of = rows.pivot(index="label", columns="measure", values="value")
    of = of.reindex(columns=[QUALITY, LATENCY]).sort_values(QUALITY, kind="stable")
    spread = rows[rows["measure"] == QUALITY].set_index("label").reindex(of.index)
    new = panels(theme, 1, 2, shared_y=True, widths=[0.62, 0.38])
    styles = looks(rows, theme, QUALITY)
    colours = [theme.accent if styles[label].default else theme.muted for label in of.index]
    names = [styles[label].name for label in of.index]
    bars = {
        "type": "data",
        "array": (spread["high"] - spread["value"]).to_numpy(),
        "arrayminus": (spread["value"] - spread["low"]).to_numpy(),
        "color": theme.quiet,
        "thickness": 1.5,
    }
    common = {"y": names, "mode": "markers", "showlegend": False}
    dots = {"size": 9, "color": colours}
    new.add_scatter(
        x=of[QUALITY].to_numpy(),
        error_x=bars,
        marker=dots,
        customdata=spread[["low", "high"]].to_numpy(),
        hovertemplate="%{y}: NDCG@10 %{x:.3f} (95 % interval %{customdata[0]:.3f} to"
        " %{customdata[1]:.3f})<extra></extra>",
        **common,
        row=1,
        col=1,
    )
    new.add_scatter(
        x=of[LATENCY].to_numpy(),
        marker=dots | {"symbol": "diamond"},
        hovertemplate="%{y}: 95 % of answers within %{x:.2g} ms<extra></extra>",
        **common,
        row=1,
        col=2,
    )
    new.update_yaxes(showgrid=True, dtick=1)
    new.update_xaxes(title="NDCG@10", rangemode="tozero", showgrid=True, nticks=4, row=1, col=1)
    new.update_xaxes(title="ms, p95", type="log", showgrid=True, dtick=1, row=1, col=2)
    return new


def learning_curve(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """NDCG@10 by how many ratings a visitor gives."""
    title = "Ratings given by the visitor, at most"
    return _curve(rows, theme, GIVEN, title, "ratings given")


def question_curve(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """NDCG@10 by how many questions a visitor was asked."""
    return _curve(rows, theme, ASKED, "Questions asked by the quick start", "questions asked")


def _curve(
    rows: pd.DataFrame, theme: Theme, points: Mapping[str, int], title: str, unit: str
) -> PlainFigure:
    of = rows[rows["measure"].isin(points)].assign(at=lambda r: r["measure"].map(points))
    new = figure(theme)
    styles = looks(rows, theme, QUALITY)
    for label in reversed(styles):  # what is named lies on top
        style, line = styles[label], of[of["label"] == label].sort_values("at")
        new.add_scatter(
            x=line["at"].to_numpy(),
            y=line["value"].to_numpy(),
            name=style.name,
            mode="lines+markers",
            line={"color": style.colour, "width": style.width},
            showlegend=style.named,
            hovertemplate=f"{style.name}, %{{x}} {unit}: NDCG@10 %{{y:.3f}}<extra></extra>",
        )
    return new.update_layout(
        xaxis={"title": title, "tickvals": sorted(points.values())},
        yaxis={"title": AXIS, "rangemode": "tozero"},
        legend={"traceorder": "reversed"},
    )


def trade_offs(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """NDCG@10 against fame, coverage, novelty and diversity of the lists, a point a model."""
    values = rows.pivot(index="label", columns="measure", values="value")
    values = values.reindex(columns=[QUALITY, *AGAINST])
    new = panels(theme, 2, 2, down=0.2, across=0.12)
    styles = looks(rows, theme, QUALITY)
    for place, (measure, title) in enumerate(AGAINST.items()):
        row, column = place // 2 + 1, place % 2 + 1
        for label in reversed(styles):
            style = styles[label]
            new.add_scatter(
                x=[values.at[label, measure]],
                y=[values.at[label, QUALITY]],
                name=style.name,
                legendgroup=label,
                mode="markers",
                marker=_dot(style, theme),
                showlegend=style.named and place == 0,
                hovertemplate=f"{style.name}: {title} %{{x:.3g}}, NDCG@10 %{{y:.3f}}"
                "<extra></extra>",
                row=row,
                col=column,
            )
        new.update_xaxes(title=title, nticks=3, showgrid=True, row=row, col=column)
        new.update_yaxes(rangemode="tozero", nticks=5, row=row, col=column)
    new.update_yaxes(title="NDCG@10", col=1)  # beside the second it would lie on the first's points
    return new.update_layout(legend={"traceorder": "reversed"})


def _dot(style: Look, theme: Theme) -> dict:
    return {
        "size": 15 if style.default else 9,
        "symbol": "star" if style.default else "circle",
        "color": style.colour,
        "line": {"width": 1, "color": theme.surface},
    }


def calibration(rows: pd.DataFrame, theme: Theme) -> PlainFigure:
    """Mean stars given by the stars predicted, a line a model; true predictions: the diagonal."""
    styles = looks(rows, theme, "rmse", lowest=True)
    points = rows[rows["measure"].str.startswith(CALIBRATED)]
    points = points.assign(at=points["measure"].str.removeprefix(CALIBRATED).astype(float))
    new = figure(theme)
    new.add_scatter(
        x=[0.5, 5],
        y=[0.5, 5],
        mode="lines",
        name="as predicted",
        line={"color": theme.muted, "width": 1.5, "dash": "dot"},
        hoverinfo="skip",
    )
    for label, style in styles.items():
        line = points[points["label"] == label].sort_values("at")
        new.add_scatter(
            x=line["at"].to_numpy(),
            y=line["value"].to_numpy(),
            error_y=interval_bars(line, "value", style.colour),
            name=style.name,
            mode="lines+markers",
            line={"color": style.colour, "width": style.width},
            showlegend=style.named,
            hovertemplate=f"{style.name}: predicted %{{x}}, given %{{y:.2f}} stars<extra></extra>",
        )
    stars = {"range": [0.4, 5.1], "tickvals": np.arange(1, 6), "showgrid": True}
    return new.update_layout(
        xaxis={"title": "Stars predicted", **stars}, yaxis={"title": "Stars given, mean", **stars}
    )
