"""The one connection that may change datasets, and what it does before and after.

Readers see the old dataset or the new one, never a mix. A dataset's schema is filled in one
transaction, so a killed import leaves nothing in the catalogue; the dataset that was current stays
until the next import, for readers that are still in it, and those that are kept stay for good.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial

import psycopg2
import psycopg2.extensions
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from db.errors import DatabaseUnavailable, ImportRunning, LoadError
from db.home import home
from db.server.cluster import Cluster
from db.server.orphans import remove_orphans
from db.store.datasets import CATALOGUE, IMPORT_LOCK, LOCKS, layout, schema_of
from db.store.driver import driver, sqlstate
from db.store.engine import configured_url, writing
from db.store.pointer import CURRENT, POINTED_AT, point, retire_others
from db.store.rights import is_denied, may_not_write

logger = logging.getLogger(__name__)

LOST = "57P"  # how the SQLSTATE begins when the server ends; none where it just went away

# The server notices within half a second that a killed importer is gone, and frees its lock.
LOCK_SECONDS = 2

LOGGED = """
    select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), redo_lsn) from pg_control_checkpoint()
"""
MUCH = 64 << 20  # bytes of log, which are read again within a second or two

# Why the server may refuse an import, by the beginning of the SQLSTATE
REASONS = {
    "53": "the database server ran out of disk or memory",
}


KEEP = text(f"update reelscope.datasets set kept = true where id = :number or id = {CURRENT}")
REPLACE = text("""
    update reelscope.datasets d set kept = d.id = :number
    from reelscope.datasets new
    where new.id = :number and d.name = new.name
        and exists (select from reelscope.datasets k where k.name = new.name and k.kept)
""")


@contextmanager
def importing() -> Iterator[Connection]:
    """The connection, while nobody else may import; what former imports left is gone.

    Raises: LoadError, DatabaseUnavailable.
    """
    with writing() as connection, _alone() as alone, _plain_errors(connection):
        connection.info["still alone"] = alone
        with connection.begin():
            connection.exec_driver_sql(CATALOGUE.read_text())
            _drop_leftovers(connection)
            if not configured_url():
                remove_orphans(connection, Cluster(home()).data)
        yield connection


def next_number(connection: Connection) -> int:
    """The id of a dataset to come."""
    with connection.begin():
        select = "select nextval(pg_get_serial_sequence('reelscope.datasets', 'id'))"
        return connection.execute(text(select)).scalar_one()


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


def still_alone(connection: Connection) -> None:
    """Raises: DatabaseUnavailable where the lock of `importing` was lost meanwhile."""
    connection.info["still alone"]()


def _drop_leftovers(connection: Connection) -> None:
    """Drop what is neither current nor kept, and what killed imports left, each when its last
    reader is out."""
    retire_others(connection, layout())
    leftovers = connection.scalars(
        text(f"""
            select substring(nspname from 11)::integer from pg_namespace
            where nspname ~ '^reelscope_[0-9]{{1,9}}$'
            except ({POINTED_AT})
        """)
    )
    for number in leftovers.all():
        drop(connection, number)
    connection.exec_driver_sql(f"delete from reelscope.datasets where id not in ({POINTED_AT})")


def drop(connection: Connection, number: int) -> None:
    """Drop the tables of a dataset, when its last reader is out."""
    wait_for_readers = text("select pg_advisory_xact_lock(:locks, :number)")
    connection.execute(wait_for_readers, {"locks": LOCKS, "number": number})
    connection.exec_driver_sql(f"drop schema if exists {schema_of(number)} cascade")


def vacuum(connection: Connection, number: int) -> None:
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
            if not configured_url():
                _checkpoint(cursor)
    except psycopg2.errors.QueryCanceled:
        logger.warning("The database user's statement_timeout has cut VACUUM: charts are slower.")
    except psycopg2.errors.InsufficientPrivilege:
        logger.info("A cluster of an earlier version grants no CHECKPOINT: it starts more slowly.")
    finally:
        beneath.autocommit = False


def _checkpoint(cursor: psycopg2.extensions.cursor) -> None:
    """Have all on the disk, where that is much.

    The server is given seconds to end. What is only in its log by then it reads from there when it
    starts again: half a minute after 100,000 ratings were added to 32 million.
    """
    cursor.execute(LOGGED)
    (logged,) = cursor.fetchone()
    if logged > MUCH:
        cursor.execute("checkpoint")


def flip(connection: Connection, number: int, keep: bool = False) -> None:
    """Make a filled dataset of this version's layout the current one, for every reader at once.

    keep: it stays when others are loaded, and so does the one that was current. The kept one of
    its name goes, in whose place it stays.
    """
    still_alone(connection)
    if keep:
        connection.execute(KEEP, {"number": number, "layout": layout()})
    connection.execute(REPLACE, {"number": number})
    point(connection, number, layout())


@contextmanager
def _plain_errors(connection: Connection) -> Iterator[None]:
    """Say in one line why an import failed. COPY raises the driver's own errors."""
    try:
        yield
    except OSError as error:
        raise LoadError(f"Nothing was loaded: {error.strerror or error}.") from error
    except (DBAPIError, psycopg2.Error) as error:
        if is_denied(error):
            raise LoadError(f"Nothing was loaded: {may_not_write(connection, error)}") from None
        state = sqlstate(error) or LOST
        reasons = [reason for start, reason in REASONS.items() if state.startswith(start)]
        if reasons:
            raise LoadError(f"Nothing was loaded: {reasons[0]}.") from error
        if state.startswith(LOST):
            raise DatabaseUnavailable from error
        raise
