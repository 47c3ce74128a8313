"""`python -m db list`, `use`, `drop`, `upgrade`, `dump` and `restore`."""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from db.counts import counted, ratings_in_words
from db.errors import LoadError
from db.ingest import backup, kept
from db.ingest.importer import importing
from db.ingest.load_command import KEEP
from db.ingest.steps import Steps
from db.ingest.stored_source import stored_source
from db.ingest.swap import load
from db.store.dataset_list import Listed, listed, named
from db.store.datasets import Dataset
from db.store.engine import available, writing


def add_commands(commands: argparse._SubParsersAction) -> None:
    """All of them."""
    _add(commands, "list", "name the datasets that are kept", _list)
    _add(commands, "use", "show another dataset that is kept", _use).add_argument("name")
    _add(commands, "drop", "remove a dataset that is kept", _drop).add_argument("name")
    _add(commands, "upgrade", "bring datasets of earlier versions over to this one", _upgrade)
    dump = _add(commands, "dump", "write a dataset to a file, as a backup", _dump)
    dump.add_argument("file", type=Path)
    dump.add_argument("--name", help="of a dataset that is kept (default: the one that is shown)")
    restore = _add(commands, "restore", "load a backup", _restore)
    restore.add_argument("file", type=Path)
    restore.add_argument("--keep", action="store_true", help=KEEP)


def _add(
    commands: argparse._SubParsersAction,
    name: str,
    help_: str,
    run: Callable[[argparse.Namespace], int],
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=help_, description=f"{help_[0].upper()}{help_[1:]}.")
    parser.set_defaults(run=run)
    return parser


def _list(_: argparse.Namespace) -> int:
    with available(), writing() as connection:
        found = listed(connection)
    for each in found:
        print(_line(each))
    if not found:
        print("No ratings are loaded yet. Load some with: python -m db load sample")
    return 0


def _line(each: Listed) -> str:
    dataset = each.dataset
    said = [
        "shown" if each.current else "",
        "kept" if each.kept else "not kept: goes when another is loaded without --keep",
        "" if each.readable else "of an earlier version: python -m db upgrade",
    ]
    words = ratings_in_words(dataset.ratings, dataset.movies, dataset.users)
    loaded = f"{dataset.loaded_at:%Y-%m-%d %H:%M}"
    return f"{dataset.name}: {words}, {loaded} UTC ({'; '.join(filter(None, said))})"


def _use(options: argparse.Namespace) -> int:
    with available():
        dataset = kept.use(options.name)
    print(f"Shown: {_counts(dataset)}")
    return 0


def _drop(options: argparse.Namespace) -> int:
    with available():
        dataset = kept.forget(options.name)
    print(f"Dropped: {_counts(dataset)}")
    return 0


def _upgrade(_: argparse.Namespace) -> int:
    steps = Steps(sys.stdout)
    try:
        with available():
            done = kept.upgrade(steps.report)
    finally:
        steps.end()
    for dataset in done:
        print(f"Brought over: {_counts(dataset)}")
    if not done:
        print("Nothing to do: all datasets are of this version.")
    return 0


def _dump(options: argparse.Namespace) -> int:
    steps = Steps(sys.stdout)
    try:
        with available(), importing() as connection:
            with connection.begin():
                every = listed(connection)
                found = named(connection, options.name) if options.name else _shown(every)
                source = stored_source(connection, found.dataset)
            backup.dump(source, options.file, steps.report)
    finally:
        steps.end()
    size = options.file.stat().st_size
    print(f"{options.file}: {_counts(found.dataset)}, {counted(size, 'byte')}")
    return 0


def _shown(every: list[Listed]) -> Listed:
    for each in every:
        if each.current:
            return each
    raise LoadError("No ratings are loaded yet. Load some with: python -m db load sample")


def _restore(options: argparse.Namespace) -> int:
    steps = Steps(sys.stdout)
    source = backup.backup_source(options.file)
    try:
        with available():
            loaded = load(source, steps.report, keep=options.keep)
    finally:
        steps.end()
    print(_counts(loaded))
    return 0


def _counts(dataset: Dataset) -> str:
    words = ratings_in_words(dataset.ratings, dataset.movies, dataset.users)
    return f"{dataset.name}: {words}"
