"""Columns of whole numbers, and packed arrays, to and from PostgreSQL by COPY in its binary format.

The format: https://www.postgresql.org/docs/current/sql-copy.html#id-1.9.3.55.9.4
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection

from db.store.driver import bound, driver

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)  # signature, no flags, no extension
TRAILER = b"\xff\xff"
BLOCK = 1 << 22  # bytes
SQL_TYPES = {
    np.dtype("int16"): "smallint",
    np.dtype("int32"): "integer",
    np.dtype("int64"): "bigint",
}


def _row(types: Mapping[str, Any]) -> np.dtype:
    """One row as COPY writes it: the number of fields, then each one's length and value."""
    fields: list[tuple[str, Any]] = [("fields", ">i2")]
    for name, dtype in types.items():
        fields += [(f"{name} length", ">i4"), (name, np.dtype(dtype).newbyteorder(">"))]
    return np.dtype(fields)


def copy_in(
    connection: Connection, table: str, columns: Mapping[str, np.ndarray], new: bool = True
) -> None:
    """Append rows to a table; int16 is smallint, int32 integer, int64 bigint.

    new: whether the table was made in this same transaction, which makes its rows cheaper.
    """
    rows = np.empty(len(next(iter(columns.values()))), _row(_types(columns)))
    stream = io.BytesIO(b"".join((HEADER, _filled(rows, columns).tobytes(), TRAILER)))
    _copy(connection, f"{table} ({', '.join(columns)})", stream, new)


def copy_packed_in(
    connection: Connection,
    table: str,
    columns: Mapping[str, np.ndarray],
    packed: Mapping[str, Sequence[np.ndarray]],
    new: bool = True,
) -> None:
    """The same with columns of arrays (bytea) after the others, of which there may be none."""
    rows = np.empty(len(next(iter(packed.values()))), _row(_types(columns)))
    stream = io.BytesIO()  # built in place: the arrays are large
    stream.write(HEADER)
    for row, *arrays in zip(_filled(rows, columns, len(packed)), *packed.values(), strict=True):
        stream.write(row.tobytes())
        for array in arrays:
            stream.write(array.nbytes.to_bytes(4, "big"))
            stream.write(array)
    stream.write(TRAILER)
    stream.seek(0)
    _copy(connection, f"{table} ({', '.join([*columns, *packed])})", stream, new)


def _types(columns: Mapping[str, np.ndarray]) -> dict[str, np.dtype]:
    return {name: values.dtype for name, values in columns.items()}


def _filled(rows: np.ndarray, columns: Mapping[str, np.ndarray], more: int = 0) -> np.ndarray:
    """The rows with the columns' values; `more` fields will follow each."""
    rows["fields"] = len(columns) + more
    for name, values in columns.items():
        rows[f"{name} length"] = values.itemsize
        rows[name] = values
    return rows


def _copy(connection: Connection, target: str, stream: io.BytesIO, new: bool) -> None:
    with driver(connection).cursor() as cursor:
        cursor.copy_expert(f"copy {target} from stdin (format binary, freeze {new})", stream)


def copy_packed_out(connection: Connection, select: str, values: Mapping[str, Any]) -> bytes:
    """The bytes of a SELECT of one; b"" for null. As text, bytes would come at twice the length."""
    stream = io.BytesIO()
    with driver(connection).cursor() as cursor:
        query = bound(connection, select, values)
        cursor.copy_expert(f"copy ({query}) to stdout (format binary)", stream)
    return stream.getvalue()[len(HEADER) + 6 : -len(TRAILER)]  # 6: fields, and length of the first


def copy_out(
    connection: Connection, select: str, values: Mapping[str, Any], types: Mapping[str, Any]
) -> dict[str, np.ndarray]:
    """The columns of a SELECT without nulls, in the given order of names and numpy types.

    Holds the result only: the stream is parsed as it comes.
    """
    columns = ", ".join(f"{name}::{SQL_TYPES[np.dtype(kind)]}" for name, kind in types.items())
    sink = _Columns(types)
    with io.BufferedWriter(sink, BLOCK) as stream, driver(connection).cursor() as cursor:
        query = bound(connection, select, values)
        cursor.copy_expert(
            f"copy (select {columns} from ({query}) q) to stdout (format binary)", stream
        )
    return sink.columns()


class _Columns(io.RawIOBase):
    """Keeps the columns of what is written to it. COPY writes row by row: buffer it."""

    def __init__(self, types: Mapping[str, Any]) -> None:
        self.types = types
        self.row = _row(types)
        self.rest = b""
        self.skip = len(HEADER)
        self.pieces: list[list[np.ndarray]] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        block = self.rest + bytes(data)
        count = max(0, len(block) - self.skip) // self.row.itemsize
        rows = np.frombuffer(block[self.skip :], self.row, count)
        self.pieces.append([rows[name].astype(kind) for name, kind in self.types.items()])
        self.rest = block[self.skip + count * self.row.itemsize :]
        self.skip = 0
        return len(data)

    def columns(self) -> dict[str, np.ndarray]:
        """Raises: ValueError where the last row was cut off."""
        if self.rest != TRAILER:
            raise ValueError("COPY ended in the middle of a row")
        columns = map(np.concatenate, zip(*self.pieces, strict=True))
        return dict(zip(self.types, columns, strict=True))
