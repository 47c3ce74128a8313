"""The command line: `python -m db load SOURCE`, `append`, `status`, `list` and others."""

import argparse
import json
import sys

from db import logs
from db.errors import DatabaseError, EmbeddedError, LoadError
from db.home import HomeError
from db.ingest.kept_commands import add_commands
from db.ingest.load_command import add_append, add_load
from db.ingest.watch_command import add_watch
from db.settings import SettingError
from db.store.engine import available
from db.store.status import Status
from db.version import VERSION

STATUS = """\
Say what is loaded. Exit status: 0 a dataset that can be shown, 1 the database can't be used,
3 nothing is loaded, 4 what is loaded is of an earlier version (python -m db upgrade)."""


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
    add_load(commands.add_parser("load", help="replace what is loaded"))
    add_append(commands.add_parser("append", help="add to what is loaded"))
    add_watch(commands.add_parser("watch", help="append what is new, again and again"))
    add_commands(commands)
    status = commands.add_parser("status", help="say what is loaded", description=STATUS)
    status.add_argument("--json", action="store_true", help="for programs")
    status.set_defaults(run=_status)
    return parser


def _status(options: argparse.Namespace) -> int:
    with available():
        status = Status.now()
    print(json.dumps(status.as_json(), indent=2) if options.json else status)
    return status.exit_code


if __name__ == "__main__":
    sys.exit(main())
