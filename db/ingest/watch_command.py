"""`python -m db watch SOURCE --every 1h`: append what is new, again and again."""

import argparse
import re
import sys
from time import sleep

from db.errors import DatabaseError, LoadError
from db.ingest.load_command import run_append
from db.ingest.source_options import add_source

WATCH = """\
Add what is new in SOURCE to what is loaded, now and every so often, until it is interrupted.
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
    while True:
        try:
            run_append(arguments)
        except (LoadError, DatabaseError) as error:
            print(error, file=sys.stderr, flush=True)
        sleep(arguments.every)
