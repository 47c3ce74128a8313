"""The figures as Markdown."""

from benchmarks.page_times.browser import VISITS
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
    pages = [
        (
            f"`{row['page']}`",
            f"{row['first_seconds']:.2f}",
            f"{row['second_seconds']:.2f}",
            f"{row['first_script_kb']:,.0f}",
            f"{row['second_script_kb']:,.0f}",
            *(f"{row[f'shift_{width}']:.3f}" for width, _ in SIZES),
        )
        for row in figures["pages"]
    ]
    return "\n\n".join(
        [
            f"Chart callbacks on the server, ms, {len(MIXES)} filter mixes, {REPEATS} calls each:",
            table(("chart", "median of mixes", "slowest mix"), charts),
            f"Recommendations for {VISITORS} visitors of 15 ratings, ms:",
            table(("model", "median", "p95"), models),
            f"Pages in Chromium on loopback until all charts are drawn, medians of {VISITS}:",
            table(
                (
                    "page",
                    "first visit, s",
                    "second visit, s",
                    "first visit, KB of JavaScript",
                    "second",
                    *(f"layout shift, {width} px" for width, _ in SIZES),
                ),
                pages,
            ),
        ]
    )
