"""The figures as Markdown."""

from collections.abc import Iterable
from statistics import median

import numpy as np

from benchmarks.report import table


def by_size(sizes: list[dict]) -> list[dict]:
    """What the plot shows of each size: medians over charts and mixes (ms), import (s)."""
    return [
        {
            "ratings": size["ratings"],
            "import_seconds": size["import"]["seconds"],
            "copy_seconds": size["import"]["copy_seconds"],
            "ms": median(asked["ms"] for asked in size["charts"]),
            "p95_ms": float(np.percentile([asked["ms"] for asked in size["charts"]], 95)),
            "peers": {name: _median_of_peer(size["charts"], name) for name in size["loading"]},
        }
        for size in sizes
    ]


def report(figures: dict, plot: str) -> str:
    """Sections of RESULTS.md: import, charts, models, sizes. `plot`: its path, "" for none."""
    parts = [_import(figures), _charts(figures), _models(figures), _sizes(figures)]
    if plot:
        parts.append(f"![Cost against the number of ratings]({plot})")
    return "\n\n".join(parts)


def headline(figures: dict) -> str:
    """What the README says."""
    measured, asked = figures["import"], figures["charts"]
    peers = ", ".join(
        f"{_median_of_peer(asked, peer):,.0f} ms ({peer})" for peer in figures["loading"]
    )
    return (
        f"- **{figures['ratings']:,} ratings**: imported in {measured['seconds']:.0f} s"
        f" ({measured['seconds'] / measured['copy_seconds']:.1f} times a bare `COPY` of the file)"
        f" with {measured['peak_rss_bytes'] / 1e9:.1f} GB. From question to rows the median chart"
        f" takes {median(each['ms'] for each in asked):.0f} ms; the same numbers take {peers}."
    )


def _median_of_peer(asked: list[dict], peer: str) -> float:
    """Milliseconds, of the charts that the peer answers."""
    return median(each["peers"][peer] for each in asked if peer in each["peers"])


def _import(figures: dict) -> str:
    measured = figures["import"]
    return (
        f"{figures['ratings']:,} ratings. Import {measured['seconds']:.1f} s;"
        f" a bare COPY of the same file {measured['copy_seconds']:.1f} s"
        f" ({measured['seconds'] / measured['copy_seconds']:.1f} times);"
        f" peak memory of the importing process {measured['peak_rss_bytes'] / 1e6:.0f} MB."
    )


def _charts(figures: dict) -> str:
    asked, peers = figures["charts"], list(figures["loading"])
    rows = []
    for chart in dict.fromkeys(each["chart"] for each in asked):
        of_chart = [each for each in asked if each["chart"] == chart]
        rows.append((f"`{chart}`", *_cells(of_chart, peers)))
    rows.append(("**all**", *_cells(asked, peers)))
    same = (
        "Every peer returned the same numbers."
        if not figures["differences"]
        else f"**{len(figures['differences'])} answers differ.**"
    )
    mixes = ", ".join(f"`{each}`" if each else "none" for each in _distinct(asked, "filters"))
    return "\n\n".join(
        [
            "Charts: milliseconds from the question to the rows, median over the filter mixes and"
            f" (in brackets) the slowest; peers: median, and how many times ours. {same}",
            table(("chart", "Reelscope", *peers), rows),
            f"Filters: {mixes}.{_limited(asked)}{_estimated(asked)}",
        ]
    )


def _cells(asked: list[dict], peers: list[str]) -> Iterable[str]:
    ours = median(each["ms"] for each in asked)
    yield f"{ours:.1f} ({max(each['ms'] for each in asked):.0f})"
    for peer in peers:
        answered = [each["peers"][peer] for each in asked if peer in each["peers"]]
        theirs = median(answered) if answered else None
        yield "–" if theirs is None else f"{theirs:,.0f} (×{theirs / ours:,.0f})"


def _limited(asked: list[dict]) -> str:
    limited = [each for each in asked if each["all_rows_ms"] is not None]
    if not limited:
        return ""
    charts = ", ".join(f"`{each}`" for each in _distinct(limited, "chart"))
    all_rows = [each["all_rows_ms"] for each in limited]
    return (
        f" Of {charts} everyone is asked for the films that its page shows; the product's CSV, all"
        f" rows, takes {median(all_rows):,.0f} ms (median; {max(all_rows):,.0f} at most)."
    )


def _estimated(asked: list[dict]) -> str:
    exact = [each["exact_ms"] for each in asked if each["exact_ms"] is not None]
    if not exact:
        return ""
    return (
        " Above two million ratings, charts of users under filters are estimated from a sample of"
        " users; the peers are compared with the exact figures, which the same chart gives with"
        f" `exact=1` in {median(exact):,.0f} ms (median; {max(exact):,.0f} at most)."
    )


def _models(figures: dict) -> str:
    rows = [
        (f"`{each['model']}`", f"{each['fit_seconds']:.1f}", f"{each['score_p95_ms']:.2f}")
        for each in figures["models"]
    ]
    return table(("model", "training, s", "scores for 15 ratings, ms (p95)"), rows)


def _sizes(figures: dict) -> str:
    peers = list(figures["loading"])
    rows = [
        (
            f"{size['ratings']:,}",
            f"{size['import_seconds']:.1f}",
            f"{size['copy_seconds']:.1f}",
            f"{size['ms']:.1f}",
            f"{size['p95_ms']:.1f}",
            *(f"{size['peers'][peer]:,.0f}" for peer in peers),
        )
        for size in figures["sizes"]
    ]
    header = ("ratings", "import, s", "COPY, s", "charts, median ms", "charts, p95 ms", *peers)
    return table(header, rows)


def _distinct(rows: list[dict], key: str) -> Iterable[str]:
    return dict.fromkeys(row[key] for row in rows)
