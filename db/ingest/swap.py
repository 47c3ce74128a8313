"""Import a dataset: fill a schema of its own, then flip the pointer to it.

Readers see the old dataset or the new one, never a mix. The schema is filled in one transaction, so
a killed import leaves nothing in the catalogue; the dataset that was current stays until the next
import, for readers that are still in it.
"""

import dataclasses
import logging
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg2
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from db.errors import DatabaseUnavailable, ImportRunning, LoadError
from db.home import home
from db.ingest.base_tables import Progress
from db.ingest.dataset_tables import fill
from db.ingest.sources.ordering import GivenAgain
from db.ingest.sources.source import Source
from db.server.cluster import Cluster
from db.server.orphans import remove_orphans
from db.store.datasets import CATALOGUE, IMPORT_LOCK, LOCKS, Dataset, enter_current, schema_of
from db.store.driver import driver, sqlstate
from db.store.engine import configured_url, writing

logger = logging.getLogger(__name__)

BYTES_PER_RATING = 183  # 121 for tables, indexes and rollups, the rest to sort them; measured
SPARE_BYTES = 400 << 20  # rollups of the first million ratings, the log, all else on the disk

LOST = "57P"  # how the SQLSTATE begins when the server ends; none where it just went away

MAX_REJECTED = 0.01

Filling = Callable[[Connection, int], None]
"""Makes the tables of the dataset of this number, and its line in reelscope.datasets."""

# The server notices within half a second that a killed importer is gone, and frees its lock.
LOCK_SECONDS = 2

# Why the server may refuse an import, by the beginning of the SQLSTATE
REASONS = {
    "53": "the database server ran out of disk or memory",
    "42501": "the database user may not create schemas",
}


def load(
    source: Source,
    progress: Progress = lambda step, done: None,
    max_rejected: float = MAX_REJECTED,
) -> Dataset:
    """Load a dataset and make it the current one.

    `progress(step, done)` hears each step's name and the part of it that is done, 0 to 1.
    `max_rejected` is the share of a file's rows that may be unusable; `source.rejections` has them.

    Raises: LoadError; the current dataset is then as it was. DatabaseUnavailable.
    """
    _check_space(source)

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

    return replace(filling, progress)


def replace(filling: Filling, progress: Progress = lambda step, done: None) -> Dataset:
    """Make what `filling` puts into a schema of its own the current dataset.

    Raises: LoadError, DatabaseUnavailable and what `filling` raises; the current dataset is then as
    it was.
    """
    with writing() as connection, _alone() as still_alone, _plain_errors():
        with connection.begin():
            connection.exec_driver_sql(CATALOGUE.read_text())
            _drop_all_but_current(connection)
            if not configured_url():
                remove_orphans(connection, Cluster(home()).data)
        with connection.begin():
            number = connection.scalar(
                text("select nextval(pg_get_serial_sequence('reelscope.datasets', 'id'))")
            )
        filling(connection, number)
        progress("Tidying up", 0)
        _vacuum(connection, number)
        still_alone()
        with connection.begin():
            _flip(connection, number)
            return enter_current(connection)


def _check_space(source: Source) -> None:
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


@contextmanager
def _alone() -> Iterator[Callable[[], object]]:
    """Hold the importer's lock; gives what raises DatabaseUnavailable where it is lost.

    It is that of a transaction, open on a connection of its own: a pooler may give the session that
    asked for a session's lock to another client.
    """
    deadline = time.monotonic() + LOCK_SECONDS
    take = text("select pg_try_advisory_xact_lock(:locks, :lock)")
    with writing() as holder:
        while not holder.scalar(take, {"locks": LOCKS, "lock": IMPORT_LOCK}):
            holder.rollback()
            if time.monotonic() > deadline:
                raise ImportRunning
            time.sleep(0.1)
        yield partial(holder.scalar, text("select 1"))


def _drop_all_but_current(connection: Connection) -> None:
    """Drop previous datasets and what killed imports left, each when its last reader is out."""
    leftovers = connection.scalars(
        text("""
            select substring(nspname from 11)::integer from pg_namespace
            where nspname ~ '^reelscope_[0-9]{1,9}$'
            except select dataset from reelscope.current
        """)
    )
    for number in leftovers.all():
        wait_for_readers = text("select pg_advisory_xact_lock(:locks, :number)")
        connection.execute(wait_for_readers, {"locks": LOCKS, "number": number})
        connection.exec_driver_sql(f"drop schema {schema_of(number)} cascade")
    connection.exec_driver_sql(
        "delete from reelscope.datasets where id not in (select dataset from reelscope.current)"
    )


def _vacuum(connection: Connection, number: int) -> None:
    """Mark every page as visible to all, so that no first reader has to."""
    schema = schema_of(number)
    tables = connection.scalars(
        text("select tablename from pg_tables where schemaname = :schema"), {"schema": schema}
    ).all()
    connection.commit()
    beneath = driver(connection)
    beneath.autocommit = True
    try:
        with beneath.cursor() as cursor:
            cursor.execute("vacuum " + ", ".join(f"{schema}.{table}" for table in tables))
    except psycopg2.errors.QueryCanceled:
        logger.warning("The database user's statement_timeout has cut VACUUM: charts are slower.")
    finally:
        beneath.autocommit = False


def _flip(connection: Connection, number: int) -> None:
    """Make a filled dataset the current one, for every reader at once."""
    connection.execute(
        text("""
            insert into reelscope.current (dataset) values (:number)
            on conflict (only_row) do update set dataset = excluded.dataset
        """),
        {"number": number},
    )


@contextmanager
def _plain_errors() -> Iterator[None]:
    """Say in one line why an import failed. COPY raises the driver's own errors."""
    try:
        yield
    except OSError as error:
        raise LoadError(f"Nothing was loaded: {error.strerror or error}.") from error
    except (DBAPIError, psycopg2.Error) as error:
        state = sqlstate(error) or LOST
        reasons = [reason for start, reason in REASONS.items() if state.startswith(start)]
        if reasons:
            raise LoadError(f"Nothing was loaded: {reasons[0]}.") from error
        if state.startswith(LOST):
            raise DatabaseUnavailable from error
        raise
