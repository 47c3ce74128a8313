"""What was trained on a dataset, kept in its database for every instance on it.

An artifact is a folder of files with a description (JSON) that says what it was made by.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import Self
from zlib import crc32

import psycopg2
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from db.errors import DatabaseError
from db.store.datasets import LOCKS
from db.store.engine import reading, writing
from db.store.rights import may_write, reason

PIECE_BYTES = 8 << 20
VERSIONS = 2  # of each artifact: while a new version takes an old one's place both are needed

CREATE = """
    create table if not exists reelscope.artifacts (
        id          bigserial primary key,
        fingerprint text not null,           -- of the dataset
        name        text not null,
        about       jsonb not null,
        made_at     timestamptz not null default now()
    );
    create table if not exists reelscope.artifact_pieces (
        artifact    bigint not null references reelscope.artifacts on delete cascade,
        file        text not null,
        number      integer not null,        -- pieces of a file in their order
        bytes       bytea not null,
        primary key (artifact, file, number)
    );
    alter table reelscope.artifact_pieces alter bytes set storage external;
"""
THERE = text("select to_regclass('reelscope.artifacts') is not null")
FIND = text("""
    select id, about from reelscope.artifacts where fingerprint = :fingerprint and name = :name
    order by id desc
""")
LIST = text("""
    select file, number from reelscope.artifact_pieces where artifact = :id order by file, number
""")
READ = text("""
    select bytes from reelscope.artifact_pieces
    where artifact = :id and file = :file and number = :number
""")
ADD = text("""
    insert into reelscope.artifacts (fingerprint, name, about)
    values (:fingerprint, :name, cast(:about as jsonb)) returning id
""")
ADD_PIECE = text("""
    insert into reelscope.artifact_pieces (artifact, file, number, bytes)
    values (:artifact, :file, :number, :bytes)
""")
REMOVE_OLD = text("""
    delete from reelscope.artifacts where fingerprint not in (
        select fingerprint from reelscope.datasets
    ) or id in (
        select id from (
            select id, row_number() over (partition by fingerprint, name order by id desc) as place
            from reelscope.artifacts
        ) ranked where place > :versions
    )
""")


def found(connection: Connection, fingerprint: str, name: str) -> list[tuple[int, dict]]:
    """Id and description of each that is there, the newest first."""
    if not connection.scalar(THERE):
        return []
    rows = connection.execute(FIND, {"fingerprint": fingerprint, "name": name})
    return [(row.id, row.about) for row in rows]


def pieces(connection: Connection, number: int) -> Iterator[tuple[str, bytes]]:
    """A file's name and its next bytes, file by file."""
    for file, piece in connection.execute(LIST, {"id": number}).all():
        values = {"id": number, "file": file, "number": piece}
        yield file, bytes(connection.execute(READ, values).scalar_one())


def keep(
    fingerprint: str, name: str, about: Mapping, given: Iterable[tuple[str, int, bytes]]
) -> None:
    """Add an artifact: of each piece its file, its number there and its bytes.

    Raises: DatabaseError, where the database takes no more, say.
    """
    try:
        _keep(fingerprint, name, about, given)
    except DBAPIError as error:
        raise DatabaseError(reason(error)) from error


def _keep(
    fingerprint: str, name: str, about: Mapping, given: Iterable[tuple[str, int, bytes]]
) -> None:
    with writing() as connection, connection.begin():
        connection.exec_driver_sql(CREATE)
        values = {"fingerprint": fingerprint, "name": name, "about": json.dumps(about)}
        artifact = connection.execute(ADD, values).scalar_one()
        for file, number, piece in given:
            row = {"artifact": artifact, "file": file, "number": number}
            connection.execute(ADD_PIECE, row | {"bytes": psycopg2.Binary(piece)})
        connection.execute(REMOVE_OLD, {"versions": VERSIONS})


def may_keep() -> bool:
    """Whether the database's user may write. Raises: NoDataset, DatabaseUnavailable."""
    with reading() as connection:
        return may_write(connection)


class Lease:
    """That one process at a time does something. It ends with the process, whatever ends that."""

    TAKE = text("select pg_try_advisory_xact_lock(:locks, :lock)")

    def __init__(self, what: str) -> None:
        self.lock = -1 - (crc32(what.encode()) >> 1)  # those of datasets are not negative
        self.held = False
        self.stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stack.close()

    def take(self) -> bool:
        """Whether it is ours, now or already. Raises: DatabaseUnavailable."""
        if not self.held:
            with ExitStack() as attempt:
                connection = attempt.enter_context(writing())
                self.held = connection.scalar(self.TAKE, {"locks": LOCKS, "lock": self.lock})
                if self.held:  # the transaction, which has the lock, stays open
                    self.stack = attempt.pop_all()
        return self.held
