"""`python -m benchmarks tastes`: the blind spots that averages hide, by hand-made profiles."""

import argparse
import sys

from benchmarks.report import table, write_section
from benchmarks.tastes.taste_lists import TasteList, TasteSummary, summary, taste_lists
from benchmarks.tastes.taste_profiles import TASTES, Taste
from db.errors import DatabaseError, LoadError
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import DEFAULT_MODEL, MODELS, STAND_INS
from recommender.models.base import TrainingError
from recommender.serving.ratings import read_log


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """--data and --model."""
    parser.add_argument("--data", metavar="DIR", help="instead of the loaded dataset")
    parser.add_argument(
        "--model",
        action="append",
        choices=MODELS,
        help="only this one (repeat; default: the default model, its stand-ins and ease)",
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Train on all ratings, print, and write the section of RESULTS.md."""
    try:
        log = read_log(options.data)
        keys = options.model or [*dict.fromkeys((DEFAULT_MODEL, *STAND_INS, "ease"))]
        found = {key: taste_lists(MODELS[key]().fit(log.matrix)) for key in keys}
    except (DatabaseError, LoadError, TrainingError) as error:
        sys.exit(str(error))
    if not any(found.values()):
        sys.exit(f"{log.name} has none of the films that the tastes are made of.")
    body = report(log.name, log.matrix, found)
    print(body)
    named = f" --data {options.data.rstrip('/').rpartition('/')[2]}" if options.data else ""
    named += "".join(f" --model {key}" for key in options.model or ())
    write_section("tastes", f"python -m benchmarks tastes{named}", body)


def report(name: str, matrix: RatingMatrix, found: dict[str, list[TasteList]]) -> str:
    """A line a taste, a column a model, the summaries below, then what must not be."""
    summaries = {key: summary(matrix, lists) for key, lists in found.items()}
    tastes = [each.taste for each in next(iter(found.values()))]
    rows = [(f"{taste.name} ({taste.how})", *_right(taste, found)) for taste in tastes]
    rows += _summary_rows(summaries)
    missing = [taste.name for taste in TASTES if taste not in tastes]
    parts = [
        f"Twelve visitors made by hand, on {name}: each gives five stars (the haters one) to eight"
        f" films of a taste; how many of the ten films recommended are on taste.",
        table(("taste (told by)", *found), rows),
        _faults(summaries),
    ]
    if missing:
        parts.append(f"Left out, as {name} has too few of their films: {', '.join(missing)}.")
    return "\n\n".join(parts)


def _right(taste: Taste, found: dict[str, list[TasteList]]) -> list[str]:
    return [
        str(int(each.on_taste.sum()))
        for lists in found.values()
        for each in lists
        if each.taste is taste
    ]


def _summary_rows(summaries: dict[str, TasteSummary]) -> list[tuple[str, ...]]:
    shares = {
        "on taste": "right",
        "in common between tastes": "overlap",
        "among the 10 most rated": "famous",
        "among the 100 most rated": "well_known",
        "unmoved when the same films are disliked": "alike",
    }
    rows = [
        (words, *(f"{getattr(each, name):.0%}" for each in summaries.values()))
        for words, name in shares.items()
    ]
    fewest = (str(each.fewest) for each in summaries.values())
    return [*rows, ("ratings of the least known film", *fewest)]


def _faults(summaries: dict[str, TasteSummary]) -> str:
    wrong = [f"`{key}` {fault}" for key, each in summaries.items() for fault in each.faults]
    return (
        f"Wrong: {'; '.join(wrong)}." if wrong else "No film is too little known; dislikes count."
    )
