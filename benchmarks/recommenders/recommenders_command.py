"""`python -m benchmarks models`: our recommenders and other libraries', measured alike."""

import argparse
import json
import sys
from collections.abc import Iterable
from importlib import import_module

from benchmarks.recommenders import interval_plot
from benchmarks.recommenders.recommenders_report import headline, markdown
from benchmarks.report import write_headline, write_section
from db.errors import DatabaseError, LoadError
from recommender.data.rating_log import RatingLog
from recommender.evaluate import arguments
from recommender.evaluate.evaluation import evaluate
from recommender.evaluate.evaluation_report import Report
from recommender.evaluate.plan import FOLDS
from recommender.evaluate.splits import SplitError
from recommender.models import MODELS
from recommender.models.base import Recommender, TrainingError
from recommender.serving.ratings import read_log

PEERS = {
    "implicit": "benchmarks.recommenders.peers.implicit_models",
    "irspack": "benchmarks.recommenders.peers.irspack_models",
    "surprise": "benchmarks.recommenders.peers.surprise_models",
}
INSTALL = "python -m pip install -r requirements-benchmark.txt"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m benchmarks models`."""
    arguments.add_arguments(parser)
    parser.add_argument(
        "--peer",
        action="append",
        choices=PEERS,
        help="only the models of this library, and those that --model names (repeat)",
    )
    parser.set_defaults(run=run, section="", libraries=[*PEERS])


def run(options: argparse.Namespace) -> None:
    """Measure, print and write RESULTS.md; the JSON file holds what is measured so far."""
    if problem := arguments.problem(options):
        sys.exit(problem)
    try:
        report = _measure(options)
    except (DatabaseError, LoadError, SplitError, TrainingError) as error:
        sys.exit(str(error))
    if not report or not report.results:
        sys.exit("Nothing was measured.")
    section = options.section or f"models-{options.protocol}-{_name(report)}"
    body = markdown(report, interval_plot.draw(report, section))
    print(body)
    write_section(section, _command(options), body)
    write_headline(section, headline(report))


def _name(report: Report) -> str:
    return report.dataset.lower().replace(" ", "-")


def _measure(options: argparse.Namespace) -> Report | None:
    log = read_log(options.data)
    named = options.model or options.peer
    models = ours(log, options.model if named else arguments.default_first())
    models |= peers(options.peer if named else options.libraries)
    report = None
    for report in evaluate(log, arguments.plan(options), models, _print):
        if options.json:
            options.json.write_text(json.dumps(report.to_json(), indent=1), encoding="utf-8")
    return report


def ours(log: RatingLog, keys: list[str] | None) -> dict[str, type[Recommender]]:
    """Our models, without those that can't be trained here."""
    chosen = {}
    for key in keys or []:
        if reason := MODELS[key].obstacle(len(log)):
            _print(f"{key} is left out. {reason}")
        else:
            chosen[key] = MODELS[key]
    return chosen


def peers(libraries: Iterable[str] | None) -> dict[str, type[Recommender]]:
    """The models of those libraries that are installed."""
    found: dict[str, type[Recommender]] = {}
    for name in libraries or ():
        try:
            found |= import_module(PEERS[name]).MODELS
        except ImportError as error:
            _print(f"{name} is left out: {error}. {INSTALL}")
    return found


def _command(options: argparse.Namespace) -> str:
    words = [f"python -m benchmarks {options.section}"]
    if not options.section:
        words = ["python -m benchmarks models", f"--protocol {options.protocol}"]
    if options.data:
        words.append(f"--data {options.data.rstrip('/').rpartition('/')[2]}")
    if options.folds != FOLDS:
        words.append(f"--folds {options.folds}")
    if options.visitors:
        words.append(f"--visitors {options.visitors}")
    words += [f"--model {key}" for key in options.model or []]
    words += [f"--peer {name}" for name in options.peer or []]
    return " ".join(words)


def _print(what: str) -> None:
    print(what, file=sys.stderr, flush=True)
