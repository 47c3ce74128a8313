"""Every model's figure with its interval, the best at the top."""

import sys

from benchmarks import report
from benchmarks.scale.asking import INSTALL
from recommender.evaluate.evaluation_report import Report, Result
from recommender.evaluate.protocols import PROTOCOLS

OURS, PEERS = "#0072b2", "#d55e00"  # told apart by the colour-blind


def draw(measured: Report, section: str) -> str:
    """Write the plot; its path from RESULTS.md, "" where it can't be drawn."""
    try:
        import matplotlib
    except ModuleNotFoundError:
        print(f"No plot: matplotlib is not installed. {INSTALL}", file=sys.stderr)
        return ""
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = section  # the same ids every time
    from matplotlib import pyplot

    primary = PROTOCOLS[measured.protocol].primary
    results = sorted(measured.results, key=lambda each: -primary.rank(each.measures[primary.name]))
    figure, axes = pyplot.subplots(figsize=(7, 0.6 + 0.24 * len(results)), layout="constrained")
    for colour, label, ours in ((OURS, "Reelscope", True), (PEERS, "other libraries", False)):
        places = [i for i, each in enumerate(results) if (": " not in each.model) == ours]
        if places:
            _points(axes, places, [results[i] for i in places], primary.name, colour, label)
    axes.set_yticks(range(len(results)), [each.model for each in results])
    axes.set(xlabel=f"{primary.name.upper()}, 95 % interval", title=measured.dataset)
    axes.grid(axis="x", alpha=0.3)
    axes.legend(frameon=False, fontsize="small", loc="best")
    path = report.RESULTS.with_name(f"{section}.svg")
    figure.savefig(path, metadata={"Date": None})
    pyplot.close(figure)
    return path.name


def _points(axes, places: list[int], results: list[Result], name: str, colour: str, label: str):
    values = [each.measures[name] for each in results]
    below = [each.measures[name] - each.intervals[name][0] for each in results]
    above = [each.intervals[name][1] - each.measures[name] for each in results]
    axes.errorbar(
        values, places, xerr=(below, above), fmt="o", color=colour, label=label, markersize=4
    )
