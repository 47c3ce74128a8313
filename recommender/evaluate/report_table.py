"""The figures of a report as a table of text."""

from itertools import pairwise

from recommender.evaluate.evaluation_report import Interval, Report, Result
from recommender.evaluate.protocols import PROTOCOLS
from recommender.evaluate.question_visits import ASKED
from recommender.evaluate.splits import FEWER_GIVEN

NAMES = {
    "on_theme": "on theme",
    "ndcg@10": "NDCG@10",
    "rmse": "RMSE",
    "against": "against the best",
    **{f"ndcg@10 given {n}": f"{n} given" for n in FEWER_GIVEN},
    **{f"ndcg@10 after {n}": f"after {n}" for n in ASKED[1:]},
    **{f"ndcg@10 well known {n}": f"well known, {n}" for n in ASKED},
    **{f"ndcg@10 gained after {n}": f"gained, {fewer} to {n}" for fewer, n in pairwise(ASKED)},
    "covered": "in the 80 % range",
    "width": "its width, stars",
    **{f"covered given {n}": f"in it, {n} given" for n in FEWER_GIVEN},
    "on_genre": "on genre",
    "on_tag": "on tag",
    "overlap": "overlap",
    "stratified_ndcg@10": "stratified",
    "answers": "answers",
    "recall@10": "recall@10",
    "hit_rate@10": "hit rate",
    "fame": "of the top 50",
    "coverage": "coverage",
    "novelty": "novelty, bits",
    "popular_share": "of the top 1 %",
    "diversity": "diversity",
    "p95_ms": "p95, ms",
    "mae": "MAE",
    "fit_seconds": "fit, s",
}
WITH_INTERVAL = ("ndcg@10", "rmse", "mae", "on_theme", "covered")
GAINED = "gained"
"""In the names of measures that are differences."""


def heading(report: Report) -> str:
    """What the figures were measured on, in one line."""
    counts = {name: n for result in report.results for name, n in result.counts.items()}
    sizes = ", ".join(f"{n:,} {name}" for name, n in counts.items())
    return (
        f"{report.dataset} (fingerprint {report.fingerprint}), protocol"
        f" {report.protocol}: {report.split}; {sizes}; seed {report.seed}."
    )


def rows(report: Report) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and lines, the best model first."""
    primary = PROTOCOLS[report.protocol].primary
    results = sorted(report.results, key=lambda each: primary.rank(each.measures[primary.name]))
    shown = [name for name in NAMES if any(_cell(result, name) for result in results)]
    header = ("model", *(NAMES[name] for name in shown))
    return header, [(each.model, *(_cell(each, name) for name in shown)) for each in results]


def plain(header: tuple[str, ...], lines: list[tuple[str, ...]]) -> str:
    """Aligned columns; the first to the left."""
    widths = [max(map(len, column)) for column in zip(header, *lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in (header, *lines)
    )


def _cell(result: Result, name: str) -> str:
    if name == "against":
        against = result.against
        return _signed(against.difference, against.interval) if against else ""
    if name == "fit_seconds":
        return f"{result.fit_seconds:.2f}"
    if name not in result.measures:
        return ""
    value = result.measures[name]
    if GAINED in name:
        return _signed(value, result.intervals[name])
    if name not in WITH_INTERVAL:
        return f"{value:.3f}"
    low, high = result.intervals[name]
    return f"{value:.4f} [{low:.4f}, {high:.4f}]"


def _signed(difference: float, interval: Interval) -> str:
    low, high = interval
    return f"{difference:+.4f} [{low:+.4f}, {high:+.4f}]"
