"""`python -m db load` and `append`: what is said while they run."""

import argparse
import sys
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from db.counts import counted, ratings_in_words
from db.ingest.append import Appended, append
from db.ingest.dry_run import dry_run
from db.ingest.source_options import add_source, options_of
from db.ingest.sources import Options, open_source
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.source import Source
from db.ingest.sources.stars import STARS
from db.ingest.steps import Steps
from db.ingest.swap import load
from db.store.engine import available

LOAD = "Load ratings; they replace what is loaded, once all of them are there."
APPEND = """\
Add ratings to what is loaded: those that are new, those given again later, and new films.
What is there stays as it is until all of them are."""

KEEP = "keep it beside what is loaded now: `db use NAME` goes from one to the other"

LINES = 5  # whose numbers are listed, of those left out one after the other for one reason


def add_load(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m db load`."""
    add_source(parser, LOAD)
    parser.add_argument(
        "--dry-run",
        action="store_true",
        help="load nothing: say what is understood, the first rows, and what would be left out",
    )
    parser.add_argument("--keep", action="store_true", help=KEEP)
    parser.add_argument("--name", help="what to call it (default: as its file or folder)")
    parser.set_defaults(run=run_load)


def add_append(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m db append`."""
    add_source(parser, APPEND)
    parser.set_defaults(run=run_append)


def run_load(arguments: argparse.Namespace) -> int:
    """Raises: LoadError and what `available` and `load` raise."""
    steps = Steps(sys.stdout)
    source = open_source(arguments.source, options_of(arguments), steps.report)
    source = replace(source, name=arguments.name or source.name)
    if arguments.dry_run:
        steps.end()
        for line in dry_run(source, arguments.max_rejected):
            print(line)
        return 0
    for line in source.read_as:
        print(line)
    try:
        with available():
            loaded = load(source, steps.report, arguments.max_rejected, arguments.keep)
    finally:
        steps.end()
        _list(source.rejections)
    print(f"{loaded.name}: {ratings_in_words(loaded.ratings, loaded.movies, loaded.users)}")
    return 0


def run_append(arguments: argparse.Namespace, fetched: Path | None = None) -> int:
    """fetched: as for open_source. Raises: LoadError, NoDataset and what `available` raises."""
    steps = Steps(sys.stdout)
    opening = Opening(arguments.source, options_of(arguments), steps, fetched)
    try:
        with available():
            appended = append(opening, steps.report, arguments.max_rejected)
    finally:
        steps.end()
        if opening.source:
            _list(opening.source.rejections)
    for line in outcome(appended):
        print(line)
    return 0


class Opening:
    """Opens a source to go on with the ids and the scale of a dataset, and says how it is read."""

    def __init__(
        self, where: str, options: Options, steps: Steps, fetched: Path | None = None
    ) -> None:
        self.where, self.options, self.steps, self.fetched = where, options, steps, fetched
        self.source: Source | None = None

    def __call__(self, before: Source) -> Source:
        """Raises: LoadError."""
        options = replace(
            self.options,
            scale=before.scale if self.options.scale == STARS else self.options.scale,
            read_as=replace(self.options.read_as, known_ids=before.ids),
        )
        self.source = open_source(self.where, options, self.steps.report, self.fetched)
        self.steps.end()
        for line in self.source.read_as:
            print(line)
        return self.source


def outcome(appended: Appended) -> list[str]:
    """What came of it, in lines."""
    dataset = appended.dataset
    done = f"{counted(appended.new, 'new rating')}, {counted(appended.changed, 'changed rating')}"
    known = f"{counted(appended.unchanged, 'rating')} known already"
    films = f"{counted(appended.films, 'new film')}"
    anew = [f"All tables were made anew: {appended.anew}."] if appended.anew else []
    totals = ratings_in_words(dataset.ratings, dataset.movies, dataset.users)
    return [*anew, f"{done}, {films}; {known}.", f"{dataset.name}: {totals}"]


def _list(rejections: Rejections) -> None:
    """Which rows were left out."""
    for (file, reason), alike in groupby(rejections.first, lambda row: (row.file, row.reason)):
        lines = [f"{row.line:,}" for row in alike]
        shown = ", ".join(lines[:LINES]) + (
            f" and {len(lines) - LINES} more" if len(lines) > LINES else ""
        )
        print(f"{file} line{'s' * (len(lines) > 1)} {shown}: {reason}", file=sys.stderr)
    listed, rows = len(rejections.first), rejections.reasons.total()
    if rows:
        which = f", the first {listed} above" if rows > listed else ""
        print(f"Left out{which}: {rejections.in_words()}.", file=sys.stderr)
