"""What can be asked for on the command lines that measure models."""

import argparse
from datetime import UTC, datetime
from pathlib import Path

from recommender.evaluate.plan import FOLDS, Plan
from recommender.evaluate.protocols import PROTOCOLS
from recommender.models import DEFAULT_MODEL, MODELS


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--protocol, --model, --data, --date, --folds, --visitors, --seed and --json."""
    parser.add_argument("--protocol", choices=PROTOCOLS, default="visitor")
    parser.add_argument("--model", action="extend", nargs="+", choices=MODELS, help="only these")
    parser.add_argument(
        "--data",
        metavar="DIR",
        help="measure on a folder or zip of any MovieLens layout, or whatever `python -m db load`"
        " takes, instead of the loaded dataset",
    )
    parser.add_argument(
        "--date",
        type=_day,
        metavar="YYYY-MM-DD",
        help="of the protocol `time`: learn what was rated before, recommend from then on"
        " (default: the days on which 50, 60, 70, 80 and 90 %% of the ratings had been given)",
    )
    parser.add_argument(
        "--folds",
        type=int,
        choices=range(1, FOLDS + 1),
        default=FOLDS,
        help="only the first so many of the five folds, for large sets",
    )
    parser.add_argument(
        "--visitors",
        type=_at_least_one,
        metavar="N",
        help="ask at most so many of each fold, drawn at random (default: all)",
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")


def problem(options: argparse.Namespace) -> str | None:
    """What options don't go together, in one line."""
    if options.json and not options.json.parent.is_dir():
        return f"{options.json.parent} is not a folder; --json writes into one that exists"
    if options.date is not None and options.protocol != "time":
        return "--date goes with --protocol time"
    if options.folds != FOLDS and options.protocol == "time":
        return "--folds goes with --protocol visitor, questions, themes, rating or stars"
    if options.visitors is not None and options.protocol in ("themes", "rating"):
        return "--visitors goes with --protocol visitor, questions, stars or time"
    return None


def plan(options: argparse.Namespace) -> Plan:
    """What is asked for."""
    return Plan(options.protocol, options.seed, options.date, options.folds, options.visitors)


def default_first() -> list[str]:
    """The keys of all models, in the order in which to measure them."""
    return sorted(MODELS, key=lambda key: key != DEFAULT_MODEL)


def _day(text: str) -> int:
    """The beginning of a day (UTC), seconds since 1970."""
    try:
        return int(datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).timestamp())
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day, such as 2016-05-31") from None


def _at_least_one(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of visitors, 1 or more")
    return int(text)
