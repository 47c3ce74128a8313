"""Figures of heavy-tailed counts: ratings per user and ratings per film.

Rows are two columns: ratings, and how many users (or movies) have exactly that many. Of all ratings
attrs["goodness"] is the p value of the law that fits their tail (db/tails/goodness_of_fit.py).
"""

import numpy as np
import pandas as pd

from dashboard.figures.others import Others, legend_name, outlined
from dashboard.plain_figure import PlainFigure
from dashboard.theme import Theme, figure
from db.tails.goodness_of_fit import SAMPLES
from db.tails.power_law import SURE, Fit, fit

NAMES = {"users": ("user", "users"), "movies": ("film", "films")}


def histogram(rows: pd.DataFrame, theme: Theme, others: Others | None = None) -> PlainFigure:
    """Bars of how many have about that many ratings, each bin twice as wide as the last.

    Of two sets, which share of either; the second's are outlines.
    """
    if others is not None and len(others.rows):
        return _histograms(rows, theme, others)
    counts, numbers, (one, many) = _read(rows)
    bins = _bins(counts)
    totals = np.bincount(bins, weights=numbers)[bins.min() :]
    new = figure(theme)
    new.add_bar(
        x=_labels(bins),
        y=totals,
        marker={"color": theme.count},
        hovertemplate="%{y:,.0f} " + many + " have %{x} ratings<extra></extra>",
    )
    return new.update_layout(
        xaxis={"title": f"Ratings per {one}", "type": "category"},
        yaxis={"title": many.capitalize(), "tickformat": ",~r"},
        bargap=0.04,
    )


def _histograms(rows: pd.DataFrame, theme: Theme, others: Others) -> PlainFigure:
    new, both = figure(theme), [_read(rows), _read(others.rows)]
    every = np.concatenate([_bins(counts) for counts, _, _ in both])
    markers = [{"color": theme.count}, outlined(theme.rating)]
    for (counts, numbers, (_, many)), marker, words in zip(
        both, markers, (others.this, others.that), strict=True
    ):
        totals = np.bincount(_bins(counts), weights=numbers, minlength=every.max() + 1)
        new.add_bar(
            x=_labels(every),
            y=totals[every.min() :] / numbers.sum(),
            marker=marker,
            name=legend_name(words),
            hovertemplate="%{y:.1%} of the " + many + " have %{x} ratings"
            "<extra>%{fullData.name}</extra>",
        )
    one, many = both[0][2]
    return new.update_layout(
        xaxis={"title": f"Ratings per {one}", "type": "category"},
        yaxis={"title": f"Share of the {many}", "tickformat": "~%"},
        bargap=0.04,
        barmode="overlay",
    )


def _bins(counts: np.ndarray) -> np.ndarray:
    return np.floor(np.log2(counts)).astype(int)


def _labels(bins: np.ndarray) -> list[str]:
    lows = 2 ** np.arange(bins.min(), bins.max() + 1)
    return ["1" if low == 1 else f"{low:,}–{2 * low - 1:,}" for low in lows]


def survival(rows: pd.DataFrame, theme: Theme, others: Others | None = None) -> PlainFigure:
    """Log-log plot of the share that have at least so many ratings, with the fitted power law.

    Of two sets there is no law: which fits how well is told of one alone.
    """
    counts, numbers, (one, many) = _read(rows)
    share = _survival(numbers)
    new = figure(theme)
    new.add_scatter(
        x=counts,
        y=share,
        mode="markers",
        name=legend_name(others.this) if others else many.capitalize(),
        marker={"size": 5, "color": theme.count},
        hovertemplate="%{y:.2~%} of the " + many + " have %{x:,} ratings or more<extra></extra>",
    )
    law = None if others else fit(counts, numbers, rows.attrs.get("goodness"))
    if law is not None:
        _add_laws(new, theme, law, counts, share)
    if others is not None and len(others.rows):
        counts, numbers, _ = _read(others.rows)
        new.add_scatter(
            x=counts,
            y=_survival(numbers),
            mode="markers",
            name=legend_name(others.that),
            marker={"size": 5, "color": theme.rating, "symbol": "circle-open"},
            hovertemplate="%{y:.2~%} of the " + many + " have %{x:,} ratings or more"
            "<extra>%{fullData.name}</extra>",
        )
    return new.update_layout(
        xaxis={
            "title": f"Ratings per {one}, at least",
            "type": "log",
            "showgrid": True,
            "dtick": 1,
            "tickformat": ",~r",
        },
        yaxis={"title": f"Share of the {many}", "type": "log", "tickformat": "~%", "dtick": 1},
        legend={"traceorder": "normal"},
    )


def _survival(numbers: np.ndarray) -> np.ndarray:
    return numbers[::-1].cumsum()[::-1] / numbers.sum()


def _add_laws(
    new: PlainFigure, theme: Theme, law: Fit, counts: np.ndarray, share: np.ndarray
) -> None:
    x = np.unique(np.geomspace(law.minimum, counts.max(), 50).round())
    start = share[np.searchsorted(counts, law.minimum)]
    name = "Power law" if law.wins else "Power-law fit"
    begins = f"{law.minimum:,} rating{'s' * (law.minimum != 1)}"
    name += f", α = {law.exponent:.2f}<br>from {begins} on, KS {law.distance:.3f}"
    if law.goodness is not None:
        verdict = "ruled out" if law.ruled_out else "plausible"
        name += f"<br>{verdict} (p {_p_words(law.goodness, 1 / SAMPLES)})"
    line = {"color": theme.rating, "width": 2, "dash": "solid" if law.wins else "dot"}
    new.add_scatter(
        x=x, y=start * law.survival(x), mode="lines", name=name, line=line, hoverinfo="skip"
    )
    if law.wins:
        return
    verdict = "fits better" if law.ratio < 0 and law.p_value < SURE else "fits no worse"
    new.add_scatter(
        x=x,
        y=start * law.lognormal_survival(x),
        mode="lines",
        name=f"A lognormal {verdict} (p {_p_words(law.p_value)})",
        line={"color": theme.accent, "width": 2},
        hoverinfo="skip",
    )


def _p_words(p_value: float, least: float = 0.001) -> str:
    return f"< {least:.2g}" if p_value < least else f"= {p_value:.2g}"


def _read(rows: pd.DataFrame) -> tuple[np.ndarray, np.ndarray, tuple[str, str]]:
    """Counts ascending, how many have each, and what they are called."""
    rows = rows.sort_values("ratings")
    owners = rows.columns[1]
    return rows["ratings"].to_numpy(), rows[owners].to_numpy(dtype=float), NAMES[owners]
