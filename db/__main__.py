"""The command line: `python -m db load SOURCE`, `python -m db status [--json]`."""

import argparse
import json
import sys
import time

from db.embedded import EmbeddedError
from db.engine import available
from db.errors import DatabaseError, LoadError
from db.home import HomeError
from db.load import load
from db.sources import SOURCES
from db.status import Status


def main(arguments: list[str] | None = None) -> int:
    """The exit code; what went wrong is one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        with available():
            return options.run(options)
    except (DatabaseError, LoadError, HomeError, EmbeddedError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was loaded before is still there.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m db", description="Ratings in the database.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    loading = commands.add_parser("load", help="replace what is loaded")
    loading.add_argument("source", choices=SOURCES, metavar="SOURCE", help=" or ".join(SOURCES))
    loading.set_defaults(run=_load)
    status = commands.add_parser("status", help="say what is loaded")
    status.add_argument("--json", action="store_true", help="for programs")
    status.set_defaults(run=_status)
    return parser


def _load(options: argparse.Namespace) -> int:
    started = time.monotonic()
    last = ""

    def progress(step: str, done: float) -> None:
        nonlocal last
        if step != last:
            print(f"{time.monotonic() - started:6.1f} s  {step}", flush=True)
            last = step

    loaded = load(SOURCES[options.source](), progress)
    print(
        f"{time.monotonic() - started:6.1f} s  {loaded.name}:"
        f" {loaded.ratings:,} ratings of {loaded.movies:,} films by {loaded.users:,} users"
    )
    return 0


def _status(options: argparse.Namespace) -> int:
    status = Status.now()
    print(json.dumps(status.as_json(), indent=2) if options.json else status)
    return 0


if __name__ == "__main__":
    sys.exit(main())
