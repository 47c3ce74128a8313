"""An SQLite file: its table of ratings and, where there is one, its table of films."""

import csv
import io
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from itertools import islice
from pathlib import Path
from typing import IO

from db.errors import LoadError
from db.ingest.sources.columns import FILM_NAMES, NAMES, plain_name
from db.ingest.sources.files import SourceFile
from db.ingest.sources.rewritten import rewritten

MAGIC = b"SQLite format 3\0"
ROWS = 10_000  # that are read at a time
SHOWN = 12  # tables in an error


def is_sqlite(file: SourceFile) -> bool:
    """By its first bytes."""
    with file.open() as stream:
        return stream.read(len(MAGIC)) == MAGIC


def tables(file: SourceFile) -> tuple[SourceFile, SourceFile | None]:
    """The ratings and the films, as CSV. Raises: LoadError."""
    with file.open() as stream, _opened(file.name, stream) as base:
        columns = _columns(base)
    rated = [name for name, found in columns.items() if _has(found, "user", "movie", "rating")]
    if len(rated) != 1:
        raise LoadError(_not_one(file.name, rated, columns))
    titled = [name for name, found in columns.items() if name not in rated and _lists_films(found)]
    films = _as_csv(file, titled[0]) if len(titled) == 1 else None
    return _as_csv(file, rated[0]), films


def _not_one(name: str, rated: list[str], columns: dict[str, list[str]]) -> str:
    there = ", ".join(f"{table} ({', '.join(found)})" for table, found in columns.items())
    if rated:
        return (
            f"{name} has several tables of ratings: {', '.join(rated)}. Save one as CSV:"
            f' sqlite3 -header -csv {name} "select * from {rated[0]}" > ratings.csv'
        )
    return (
        f"{name} has no table with a user, a film and a rating: it has {there[:400] or 'none'}."
        f' Save what you want as CSV: sqlite3 -header -csv {name} "select …" > ratings.csv'
    )


def _has(columns: list[str], *keys: str) -> bool:
    plain = {plain_name(column) for column in columns}
    names = FILM_NAMES if "title" in keys else NAMES
    return all(plain & {*names[key]} for key in keys)


def _lists_films(columns: list[str]) -> bool:
    """A table of people has an id and a name as well."""
    about_films = {*map(plain_name, columns)} - {"name"}
    other = about_films & {*NAMES["title"], *NAMES["genres"], *NAMES["year"]}
    return bool(other) and _has(columns, "movie", "title") and not _has(columns, "user")


def _columns(base: sqlite3.Connection) -> dict[str, list[str]]:
    """By table; views are no tables, as what they ask may take for ever."""
    names = base.execute("select name from sqlite_master where type = 'table' order by name")
    each = (name for (name,) in names.fetchall() if not name.startswith("sqlite_"))
    found = {}
    for name in islice(each, SHOWN):
        columns = base.execute("select name from pragma_table_info(?)", (name,))
        found[name] = [column for (column,) in columns]
    return found


def _as_csv(file: SourceFile, table: str) -> SourceFile:
    return rewritten(file, partial(_rows, file.name, table))


def _rows(name: str, table: str, stream: IO[bytes]) -> Iterator[bytes]:
    quoted = table.replace('"', '""')
    with _opened(name, stream) as base:
        found = base.execute(f'select * from "{quoted}"')  # nosec B608  # a name, and quoted
        yield _lines([[column for column, *_ in found.description]])
        while rows := found.fetchmany(ROWS):
            yield _lines(rows)


def _lines(rows: list) -> bytes:
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows(
        [" ".join(cell.splitlines()) if isinstance(cell, str) else cell for cell in row]
        for row in rows
    )
    return written.getvalue().encode("utf-8", "replace")


@contextmanager
def _opened(name: str, stream: IO[bytes]) -> Iterator[sqlite3.Connection]:
    """A copy, as SQLite reads files alone and ours may be packed. Raises: LoadError."""
    with tempfile.TemporaryDirectory() as directory:
        path = Path(directory) / "copy.sqlite"
        with path.open("wb") as copy:
            shutil.copyfileobj(stream, copy)
        try:
            with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as base:
                base.execute("pragma trusted_schema = off")
                yield base
        except sqlite3.Error as error:
            raise LoadError(f"{name} can't be read: {error}.") from error
