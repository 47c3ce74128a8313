"""The figures of a report as a table of text."""

NAMES = {
    "ndcg@10": "NDCG@10",
    "rmse": "RMSE",
    "against": "against the best",
    "ndcg@10 given 5": "5 given",
    "ndcg@10 given 10": "10 given",
    "recall@10": "recall@10",
    "hit_rate@10": "hit rate",
    "coverage": "coverage",
    "novelty": "novelty, bits",
    "popular_share": "of the top 1 %",
    "diversity": "diversity",
    "p95_ms": "p95, ms",
    "mae": "MAE",
    "fit_seconds": "fit, s",
}
WITH_INTERVAL = ("ndcg@10", "rmse", "mae")
SIZES = ("visitors", "ratings", "users")


def heading(report: dict) -> str:
    """What the figures were measured on, in one line."""
    counts = {
        name: n for result in report["results"] for name, n in result.items() if name in SIZES
    }
    sizes = ", ".join(f"{n:,} {name}" for name, n in counts.items())
    return (
        f"{report['dataset']} (fingerprint {report['fingerprint']}), protocol"
        f" {report['protocol']}: {report['split']}; {sizes}; seed {report['seed']}."
    )


def rows(report: dict) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Header and lines, the best model first."""
    results = sorted(report["results"], key=_place)
    shown = [name for name in NAMES if any(_cell(result, name) for result in results)]
    header = ("model", *(NAMES[name] for name in shown))
    return header, [(each["model"], *(_cell(each, name) for name in shown)) for each in results]


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


def _place(result: dict) -> float:
    measures = result["measures"]
    return measures["rmse"] if "rmse" in measures else -measures["ndcg@10"]


def _cell(result: dict, name: str) -> str:
    if name == "against":
        return _against(result)
    if name == "fit_seconds":
        return f"{result['fit_seconds']:.2f}"
    if name not in result["measures"]:
        return ""
    value = result["measures"][name]
    text = f"{value:.4f}" if name in WITH_INTERVAL else f"{value:.3f}"
    if name not in WITH_INTERVAL:
        return text
    low, high = result["intervals"][name]
    return f"{text} [{low:.4f}, {high:.4f}]"


def _against(result: dict) -> str:
    if "against" not in result:
        return ""
    difference, (low, high) = result["against"]["difference"], result["against"]["interval"]
    return f"{difference:+.4f} [{low:+.4f}, {high:+.4f}]"
