"""`python -m benchmarks scale`: in a home and a database of its own, removed afterwards."""

import argparse
import json
import sys
import tempfile
from pathlib import Path

from benchmarks.own_home import own_home
from benchmarks.report import write_headline, write_section
from benchmarks.scale import scale_plot, scale_report
from benchmarks.scale.asking import PEERS, ask_product
from benchmarks.scale.generator import generate
from benchmarks.scale.importing import measure_import
from benchmarks.scale.recommending import measure_models, read_matrix
from db.store.engine import available, dataset, reading

DEFAULT = 1_000_000
SMALLER = (100_000, 1_000_000, 10_000_000)  # measured on the way, for the plot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m benchmarks scale`."""
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--ratings",
        type=_count,
        default=DEFAULT,
        metavar="N",
        help=f"how many ratings to generate and measure; smaller sets come first, for the plot"
        f" (default: {DEFAULT:,})",
    )
    which.add_argument(
        "--source", type=Path, metavar="DIR", help="measure ratings.csv and movies.csv of a folder"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures to a file too")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Measure, print and write RESULTS.md; exits with 1 where a peer's numbers differ."""
    with own_home() as scratch, available():
        if arguments.source:
            sizes = [measure(arguments.source.resolve(), scratch)]
        else:
            smaller = [size for size in SMALLER if size < arguments.ratings]
            sizes = [measure_generated(size, scratch) for size in [*smaller, arguments.ratings]]
        figures = sizes[-1] | {"models": _models(), "sizes": scale_report.by_size(sizes)}
    if arguments.json:
        arguments.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")
    body = scale_report.report(figures, scale_plot.draw(figures["sizes"]))
    print(body)
    given = f"--source {arguments.source}" if arguments.source else f"--ratings {arguments.ratings}"
    write_section("scale", f"python -m benchmarks scale {given}", body)
    write_headline("scale", scale_report.headline(figures))
    if figures["differences"]:
        sys.exit("\n".join(["Not the same numbers:", *figures["differences"]]))


def measure_generated(ratings: int, scratch: Path) -> dict:
    """`measure` on that many generated ratings."""
    _say(f"{ratings:,} ratings")
    with tempfile.TemporaryDirectory(dir=scratch) as directory:
        generate(Path(directory), ratings)
        return measure(Path(directory), scratch)


def measure(source: Path, scratch: Path) -> dict:
    """Import a folder, ask everyone for the charts. The dataset stays loaded."""
    _say("  import")
    imported = measure_import(source)
    _say("  charts")
    questions = ask_product()
    for name in PEERS:
        _say(f"  {name}")
        with tempfile.TemporaryDirectory(dir=scratch) as directory:
            questions.ask_peer(name, source, Path(directory))
    with reading() as connection:
        ratings = dataset(connection).ratings
    return {
        "ratings": ratings,
        "import": imported,
        "charts": questions.asked,
        "loading": questions.loading,
        "differences": questions.differences,
    }


def _models() -> list:
    _say("  models")
    matrix, seconds = read_matrix()
    _say(f"  matrix read in {seconds:.1f} s")
    return measure_models(matrix)


def _count(given: str) -> int:
    number = int(given)
    if number < 1000:
        raise argparse.ArgumentTypeError("at least 1000 ratings")
    return number


def _say(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
