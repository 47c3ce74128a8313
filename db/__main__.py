"""The command line: `python -m db load SOURCE`, `python -m db status [--json]`."""

import argparse
import json
import sys

from db import logs
from db.errors import DatabaseError, EmbeddedError, LoadError
from db.home import HomeError
from db.ingest.load_command import add_arguments
from db.settings import SettingError
from db.store.engine import available
from db.store.status import Status
from db.version import VERSION


def main(arguments: list[str] | None = None) -> int:
    """The exit code; what went wrong is one line on stderr."""
    options = _parser().parse_args(arguments)
    try:
        logs.configure()
        return options.run(options)
    except (DatabaseError, LoadError, HomeError, EmbeddedError, SettingError) as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped. What was loaded before is still there.", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m db", description="Ratings in the database.")
    parser.add_argument("--version", action="version", version=f"Reelscope {VERSION}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    add_arguments(commands.add_parser("load", help="replace what is loaded"))
    status = commands.add_parser("status", help="say what is loaded")
    status.add_argument("--json", action="store_true", help="for programs")
    status.set_defaults(run=_status)
    return parser


def _status(options: argparse.Namespace) -> int:
    with available():
        status = Status.now()
    print(json.dumps(status.as_json(), indent=2) if options.json else status)
    return 0


if __name__ == "__main__":
    sys.exit(main())
