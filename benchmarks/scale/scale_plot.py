"""Cost against the number of ratings."""

import sys

from benchmarks.report import RESULTS
from benchmarks.scale.asking import INSTALL

PLOT = RESULTS.with_name("scale.svg")
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#777777")  # told apart by the colour-blind


def draw(sizes: list[dict]) -> str:
    """Write the plot; its path from RESULTS.md, "" where it can't be drawn."""
    try:
        import matplotlib
    except ModuleNotFoundError:
        print(f"No plot: matplotlib is not installed. {INSTALL}", file=sys.stderr)
        return ""
    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "scale"  # the same ids every time
    from matplotlib import pyplot

    ratings = [size["ratings"] for size in sizes]
    charts = {"Reelscope": [size["ms"] for size in sizes]} | {
        name: [size["peers"][name] for size in sizes] for name in sizes[-1]["peers"]
    }
    imports = {
        "Reelscope": [size["import_seconds"] for size in sizes],
        "bare COPY": [size["copy_seconds"] for size in sizes],
    }
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(9, 3.6), layout="constrained")
    _lines(left, ratings, charts, "Charts: median over filters, ms")
    _lines(right, ratings, imports, "Import, s")
    figure.savefig(PLOT, metadata={"Date": None})
    pyplot.close(figure)
    return PLOT.name


def _lines(axes, ratings: list[int], measured: dict[str, list[float]], title: str) -> None:
    for colour, (name, values) in zip(COLOURS, measured.items(), strict=False):
        axes.plot(ratings, values, "o-", color=colour, label=name, markersize=4)
    axes.set(xscale="log", yscale="log", xlabel="Ratings", title=title)
    axes.grid(alpha=0.3)
    axes.legend(frameon=False, fontsize="small")
