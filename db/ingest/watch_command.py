"""`python -m db watch SOURCE --every 1h`: append what is new, again and again."""

import argparse
import re
import sys
from pathlib import Path
from time import sleep

from db.errors import DatabaseError, LoadError
from db.ingest.load_command import run_append
from db.ingest.source_options import add_source
from db.ingest.sources.files import plain_errors
from db.ingest.sources.folders import beside
from db.ingest.sources.remote import fetched as fetch_changed
from db.ingest.sources.remote import is_url, without_secrets
from db.ingest.steps import Steps
from db.store.engine import available, dataset, reading

WATCH = """\
Add what is new in SOURCE to what is loaded, now and every so often, until it is interrupted.
What has not changed since the last time is not read again, nor downloaded where its server says so.
What goes wrong is said and tried again the next time."""

UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
EVERY = re.compile(r"([1-9][0-9]{0,6})([smhd])")


def add_watch(parser: argparse.ArgumentParser) -> None:
    """The options of `python -m db watch`."""
    add_source(parser, WATCH)
    parser.add_argument(
        "--every", type=seconds, default=3600, metavar="TIME", help="30s, 10m, 1h (default) or 1d"
    )
    parser.set_defaults(run=run_watch)


def seconds(text: str) -> int:
    """Of such as 30m or 1h."""
    found = EVERY.fullmatch(text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no time such as 30m, 1h or 1d")
    return int(found[1]) * UNITS[found[2]]


def run_watch(arguments: argparse.Namespace) -> int:
    """Ends when it is interrupted."""
    looks = Looks(arguments)
    while True:
        try:
            looks.look()
        except (LoadError, DatabaseError) as error:
            print(error, file=sys.stderr, flush=True)
        sleep(arguments.every)


class Looks:
    """Appends a source where it, or what it is appended to, is another one than the last time."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.arguments = arguments
        self.done: tuple | None = None
        """What was appended, and to what."""

    def look(self) -> None:
        """Raises: LoadError, DatabaseError."""
        where, steps = self.arguments.source, Steps(sys.stdout)
        fetched = fetch_changed(where, steps.report) if is_url(where) else None
        steps.end()
        found = state(fetched or Path(where).expanduser(), self.arguments.movies)
        with available():
            if self.done == (found, _current()):
                shown = without_secrets(where) if fetched else where
                print(f"{shown}: nothing has changed.", flush=True)
                return
            run_append(self.arguments, fetched)
            self.done = found, _current()


def state(path: Path, movies: Path | None) -> tuple:
    """What tells files from those that were there before: their names, sizes and times."""
    beneath = [*path.rglob("*")] if path.is_dir() else [path, movies or beside(path)]
    with plain_errors(path):
        looked = [(str(file), file.stat()) for file in beneath if file and file.exists()]
    return tuple(sorted((name, of.st_size, of.st_mtime_ns) for name, of in looked))


def _current() -> int:
    """The id of the dataset that is current. Raises: DatabaseError."""
    with reading() as connection:
        return dataset(connection).id
