"""Import a dataset: fill a schema of its own, then flip the pointer to it."""

import dataclasses
import shutil
from collections.abc import Callable

from sqlalchemy import Connection

from db.errors import LoadError
from db.home import home
from db.ingest.base_tables import Progress
from db.ingest.dataset_tables import fill
from db.ingest.importer import flip, importing, next_number, vacuum
from db.ingest.sources.ordering import GivenAgain
from db.ingest.sources.source import Source
from db.store.datasets import Dataset, enter_current
from db.store.engine import configured_url

BYTES_PER_RATING = 183  # 121 for tables, indexes and rollups, the rest to sort them; measured
SPARE_BYTES = 400 << 20  # rollups of the first million ratings, the log, all else on the disk

MAX_REJECTED = 0.01

Filling = Callable[[Connection, int], None]
"""Makes the tables of the dataset of this number, and its line in reelscope.datasets."""


def load(
    source: Source,
    progress: Progress = lambda step, done: None,
    max_rejected: float = MAX_REJECTED,
    keep: bool = False,
) -> Dataset:
    """Load a dataset and make it the current one; `keep`: as for `importer.flip`.

    `progress(step, done)` hears each step's name and the part of it that is done, 0 to 1.
    `max_rejected` is the share of a file's rows that may be unusable; `source.rejections` has them.

    Raises: LoadError; the current dataset is then as it was. DatabaseUnavailable.
    """
    check_space(source)
    return replace(filled_from(source, progress, max_rejected), progress, keep)


def filled_from(source: Source, progress: Progress, max_rejected: float = MAX_REJECTED) -> Filling:
    """What makes the tables of a dataset from a source."""

    def filling(connection: Connection, number: int) -> None:
        known = source.rejections.copy()
        try:
            with connection.begin():
                fill(connection, number, source, max_rejected, progress)
        except GivenAgain:
            progress("Sorting from the beginning", 0)
            sorted_first = dataclasses.replace(source, scattered=True)
            source.rejections.restore(known)
            with connection.begin():
                fill(connection, number, sorted_first, max_rejected, progress)

    return filling


def replace(
    filling: Filling, progress: Progress = lambda step, done: None, keep: bool = False
) -> Dataset:
    """Make what `filling` puts into a schema of its own the current dataset.

    Raises: LoadError, DatabaseUnavailable and what `filling` raises; the current dataset is then as
    it was.
    """
    with importing() as connection:
        return new_dataset(connection, filling, progress, keep)


def new_dataset(
    connection: Connection, filling: Filling, progress: Progress, keep: bool = False
) -> Dataset:
    """The same on the connection of `importing`."""
    number = made(connection, filling, progress)
    with connection.begin():
        flip(connection, number, keep)
        return enter_current(connection)


def made(connection: Connection, filling: Filling, progress: Progress) -> int:
    """The id of a dataset that is made and that nothing points at yet."""
    number = next_number(connection)
    filling(connection, number)
    progress("Tidying up", 0)
    vacuum(connection, number)
    return number


def check_space(source: Source) -> None:
    """Refuse before the disk fills: a server that can't write its log stops for everyone.

    Only for the embedded server, whose disk is this machine's.
    """
    if configured_url():
        return
    needed = source.ratings.size * BYTES_PER_RATING + SPARE_BYTES
    free = shutil.disk_usage(home()).free
    if free < needed:
        raise LoadError(
            f"{source.name} needs {needed / 1e9:.1f} GB of disk;"
            f" {home()} has {free / 1e9:.1f} GB free."
        )
