"""The figures as Markdown."""

import math

from benchmarks.page_times.browser import SLOWER, VISITS
from benchmarks.page_times.callback_times import MIXES, REPEATS, VISITORS
from benchmarks.page_times.layout_shift import SIZES
from benchmarks.report import table


def report(figures: dict) -> str:
    """The figures as Markdown."""
    charts = [
        (f"`{row['chart']}`", f"{row['median_ms']:.1f}", f"{row['slowest_ms']:.1f}")
        for row in figures["charts"]
    ]
    models = [
        (f"`{key}`", f"{row['median_ms']:.1f}", f"{row['p95_ms']:.1f}")
        for key, row in figures["recommendations"].items()
    ]
    names = [(width, f"shift_{width}") for width, _ in SIZES]
    pages = [
        (
            f"`{row['page']}`",
            *(_ms(row[kind]["first"]) for kind in ("cold", "warm", "slow")),
            _ms(row["cold"]["all"]),
            f"{row['cold']['script_kb']:,.0f}",
            *(f"{row[kind]['requests']:.0f}" for kind in ("cold", "warm")),
            *(f"{row[f'shift_{width}']:.3f}" if name in row else "" for width, name in names),
        )
        for row in figures["pages"]
    ]
    touched = figures["touching"]
    return "\n\n".join(
        [
            f"Chart callbacks on the server, ms, {len(MIXES)} filter mixes, {REPEATS} calls each:",
            table(("chart", "median of mixes", "slowest mix"), charts),
            f"Recommendations for {VISITORS} visitors of 15 ratings, ms:",
            table(("model", "median", "p95"), models),
            f"Pages in Chromium on loopback, ms from the address on, medians of {VISITS}; the"
            " last line is a page of Dash with one chart and no callback, for comparison:",
            table(
                (
                    "page",
                    "first chart, first visit",
                    "second visit",
                    f"first visit, processor {SLOWER} × slower",
                    "all charts, first visit",
                    "KB of JavaScript",
                    "requests to Python",
                    "second visit",
                    *(f"layout shift, {width} px" for width, _ in SIZES),
                ),
                pages,
            ),
            "From a click on a genre to the last chart of the overview:"
            f" {touched['click_1']:.0f} ms, {touched['click_4']:.0f} with a processor 4 × slower;"
            f" to the last that is in view {touched['seen_1']:.0f} and {touched['seen_4']:.0f}."
            " The slowest of eight keys on a rating's slider, so slow:"
            f" {touched['keys_4']:.0f} ms.",
        ]
    )


def _ms(value: float) -> str:
    """Nothing for a page without a chart."""
    return "" if math.isnan(value) else f"{value:,.0f}"
