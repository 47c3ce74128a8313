"""Connections to PostgreSQL: the server that DATABASE_URL names, else the embedded one.

The app reads through `reading()`, which sees one dataset from its first statement to its last,
whatever is imported meanwhile. The importer writes through `writing()`.
"""

import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from typing import Any

import psycopg2
from sqlalchemy import (
    URL,
    Connection,
    Engine,
    NullPool,
    QueuePool,
    create_engine,
    event,
    make_url,
)
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from db import server
from db.errors import DatabaseBusy, DatabaseError, DatabaseUnavailable, NoDataset
from db.home import home
from db.settings import DATABASE_URL
from db.store.datasets import Dataset, enter_current
from db.store.deadlines import Patience, limited
from db.store.driver import driver, sqlstate
from db.store.rights import is_denied, may_not_read, reason

__all__ = ["DatabaseError", "DatabaseUnavailable", "NoDataset"]

OLDEST_SERVER = 15
CONNECT_SECONDS = 5
PING_SECONDS = 3.0  # for a connection of the pool to show that it is alive
FIRST_SECONDS = 10.0  # for the first question of a transaction: which dataset is current
STATEMENT_SECONDS = 30
REQUEST_SECONDS = 40.0  # for all that one request asks
REFUSED, COMING = "FATAL:", "the database system is"  # starting up, shutting down, …
DRIVERS = (psycopg2.OperationalError, psycopg2.InterfaceError)
BUSY = ("57014", "53300")  # SQLSTATE: it took too long, too many connections
KNOWN_SECONDS = 1.0  # for which a dataset that was current is taken to be so still
CONNECTIONS = 10  # kept per process; as many again under a burst: more than a worker has threads
MOST_CONNECTIONS = 2 * CONNECTIONS

# A server's machine that is gone is noticed: what we sent is not taken, or a silent line is dead
LINE = {
    "connect_timeout": CONNECT_SECONDS,
    "tcp_user_timeout": 10_000,  # ms
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}

# What each transaction begins with. Nothing is set for a session: behind a pooler, whose
# transactions share connections, it would be another client's next.
READER = f"""
    set transaction isolation level repeatable read, read only;
    set local statement_timeout = '{STATEMENT_SECONDS}s';
    set local idle_in_transaction_session_timeout = '60s';
    set local timezone = 'UTC';
    set local jit = off;
    set local work_mem = '32MB';
"""
# A killed importer must not go on until its statement ends: the server looks every half second
# whether the client is still there.
WRITER = """
    set local client_connection_check_interval = '500ms';
    set local statement_timeout = 0;
    set local idle_in_transaction_session_timeout = 0;
    set local timezone = 'UTC';
    set local jit = off;
"""


def configured_url() -> str:
    """DATABASE_URL, "" where the embedded server is used."""
    return DATABASE_URL.value()


def database_url() -> str:
    """The database's URL for SQLAlchemy, always through psycopg2.

    Raises: DatabaseError where DATABASE_URL is no PostgreSQL URL.
    """
    if not configured_url():
        return server.url(home())
    return _normalised(configured_url()).render_as_string(hide_password=False)


def shown_url() -> str:
    """The same without its password, to be shown."""
    return make_url(database_url()).render_as_string(hide_password=True)


def _normalised(configured: str) -> URL:
    try:
        url = make_url(configured)
    except (ArgumentError, ValueError):
        raise DatabaseError("DATABASE_URL is not a URL like postgresql://user@host/name.") from None
    if url.drivername.split("+")[0] not in ("postgresql", "postgres"):
        raise DatabaseError(f"DATABASE_URL must name a PostgreSQL server, not {url.drivername}.")
    return url.set(drivername="postgresql+psycopg2")


@contextmanager
def available() -> Iterator[None]:
    """A database answers inside this block: every entry point's outermost context.

    Starts the embedded server unless DATABASE_URL is set.

    Raises: DatabaseError, HomeError or EmbeddedError, each with one clear line.
    """
    if configured_url():
        _check_server()
        yield
    else:
        with server.running(home()):
            yield


def _check_server() -> None:
    where = shown_url()
    try:
        with engine().connect() as connection:
            version = driver(connection).server_version // 10_000
    except OperationalError as error:
        reason = str(error.orig).strip().splitlines()[0]
        kind = DatabaseError if REFUSED in reason and COMING not in reason else DatabaseUnavailable
        raise kind(f"The database at {where} can't be reached: {reason}") from None
    if version < OLDEST_SERVER:
        raise DatabaseError(
            f"The database at {where} is PostgreSQL {version}; {OLDEST_SERVER} or later is needed."
        )


def engine() -> Engine:
    """This process's pool of read-only connections; connects on first use."""
    return _reader(database_url(), os.getpid())


def connections_used() -> int:
    """How many connections of this process's pool are in use."""
    pool = engine().pool
    return pool.checkedout() if isinstance(pool, QueuePool) else 0


@cache
def _reader(url: str, pid: int) -> Engine:
    """One engine per process: a connection inherited through fork must never be used."""
    reader = create_engine(
        url,
        pool_pre_ping=True,
        pool_size=CONNECTIONS,
        max_overflow=MOST_CONNECTIONS - CONNECTIONS,
        pool_timeout=CONNECT_SECONDS,
        connect_args={**LINE, "application_name": "reelscope"},
        hide_parameters=True,  # of a visitor's films, say, in an error that is logged
    )
    ping = reader.dialect.do_ping

    def soon(beneath: Any) -> bool:
        with limited(beneath, PING_SECONDS):
            return ping(beneath)

    reader.dialect.do_ping = soon  # type: ignore[method-assign, assignment]  # there is no setting for it
    return reader


@cache
def _patience(url: str, pid: int) -> Patience:
    return Patience(PING_SECONDS)


@contextmanager
def reading(seconds: float | None = None) -> Iterator[Connection]:
    """A connection in one read-only transaction on the current dataset.

    seconds: after which it is given up, whatever the server does.

    Raises: NoDataset, MissingRight, or DatabaseUnavailable where the server doesn't answer (any
    more).
    """
    begun = time.monotonic()
    with _unavailable_on_loss(), ExitStack() as stack:
        with _patience(database_url(), os.getpid()).asking():
            connection = stack.enter_context(engine().connect())
            stack.enter_context(_missing_right(connection))
            with limited(driver(connection), FIRST_SECONDS):
                current = enter_current(connection, READER)
        connection.info["dataset"] = current
        _learn(begun, current)
        with limited(driver(connection), seconds):
            yield connection


_known: dict[str, tuple[float, Dataset]] = {}  # by URL: when it was looked for, and what was found


def known_dataset() -> Dataset:
    """The current dataset, asked for where nobody has within the last second.

    Raises: NoDataset, or DatabaseUnavailable where the server doesn't answer (any more).
    """
    found = just_seen()
    if found:
        return found
    with reading(FIRST_SECONDS) as connection:
        return dataset(connection)


def just_seen() -> Dataset | None:
    """The dataset that was current within the last second, if anybody has asked since."""
    found = _known.get(database_url())
    return found[1] if found and time.monotonic() - found[0] < KNOWN_SECONDS else None


def _learn(begun: float, current: Dataset) -> None:
    """Of two that looked at the same time, the one who began later knows better."""
    url = database_url()
    if url not in _known or _known[url][0] < begun:
        _known[url] = begun, current


def dataset(connection: Connection) -> Dataset:
    """The dataset that a connection from `reading()` is bound to."""
    return connection.info["dataset"]


@contextmanager
def writing() -> Iterator[Connection]:
    """A connection of its own for the importer, outside the pool and allowed to write.

    Raises: DatabaseUnavailable where the server doesn't answer (any more).
    """
    writer = create_engine(
        database_url(),
        poolclass=NullPool,
        connect_args={**LINE, "application_name": "reelscope import"},
    )
    event.listen(writer, "begin", lambda connection: connection.exec_driver_sql(WRITER))
    try:
        with _unavailable_on_loss(), writer.connect() as connection:
            yield connection
    finally:
        _known.clear()  # another dataset may be current now


@contextmanager
def _unavailable_on_loss() -> Iterator[None]:
    """Turn every form of a lost or refused connection into DatabaseUnavailable, of one that is not
    to be had or takes too long into DatabaseBusy.

    COPY raises the driver's own errors.
    """
    try:
        yield
    except PoolTimeout:
        raise DatabaseBusy from None
    except (OperationalError, InterfaceError, *DRIVERS) as error:
        raise (DatabaseBusy if sqlstate(error) in BUSY else DatabaseUnavailable) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise DatabaseUnavailable from error
        raise


@contextmanager
def _missing_right(connection: Connection) -> Iterator[None]:
    """Turn the server's refusal of a read into MissingRight."""
    try:
        yield
    except (DBAPIError, psycopg2.Error) as error:
        if is_denied(error):
            raise may_not_read(driver(connection), reason(error)) from None
        raise
