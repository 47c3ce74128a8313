"""Rows with text in them to PostgreSQL, by COPY into tables made in the same transaction."""

import io
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.csv
from sqlalchemy import Connection

from db.driver import driver

ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

WITHOUT_HEADER = pyarrow.csv.WriteOptions(include_header=False)


def copy_rows(connection: Connection, table: str, rows: Iterable[Iterable]) -> None:
    """Rows of text and numbers; None is null. For tables of some hundred thousand rows."""
    lines = ("\t".join(map(_field, row)) + "\n" for row in rows)
    with driver(connection).cursor() as cursor:
        cursor.copy_expert(f"copy {table} from stdin (freeze)", io.StringIO("".join(lines)))


def _field(value: object) -> str:
    return r"\N" if value is None else str(value).translate(ESCAPES)


def copy_columns(connection: Connection, table: str, columns: pa.Table) -> None:
    """Columns of text and numbers without nulls, in the table's order. For millions of rows."""
    text = pa.BufferOutputStream()
    pyarrow.csv.write_csv(columns, text, WITHOUT_HEADER)
    with driver(connection).cursor() as cursor:
        cursor.copy_expert(
            f"copy {table} from stdin (format csv, freeze)",
            pa.BufferReader(text.getvalue()),
        )
