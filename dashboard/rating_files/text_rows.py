"""Tables in text files: encoding, separator and header are recognised; rows are as in the file."""

import codecs
import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice

from dashboard.rating_files.file_entries import RatingFileError, UnusableRow
from dashboard.rating_files.uploads import UploadedPart
from db.ingest.sources.columns import plain_name

SEPARATORS = (",", ";", "\t", "|")
PREAMBLE = 20  # rows in which the header is looked for: lists begin with what they are
MOST_ROWS = 50_000
MOST_LINES = 200_000  # with blank ones
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


@dataclass(frozen=True)
class FileTable:
    """A table of a file.

    columns: names without case, blanks and hyphens. rows: (place, cells), the header being row
    `header`; blank rows are left out, but counted.
    """

    name: str
    columns: tuple[str, ...]
    header: int
    rows: tuple[tuple[int, list[str]], ...]

    def cells(self, row: list[str]) -> Mapping[str, str]:
        """A row's cells by column. Raises: UnusableRow where it has others than the header."""
        if len(row) != len(self.columns):
            raise UnusableRow(f"it has {len(row)} cells, the header {len(self.columns)}")
        return dict(zip(self.columns, (cell.strip() for cell in row), strict=True))


def text_of(part: UploadedPart) -> str:
    """The text of a file. Raises: RatingFileError."""
    for mark, encoding in MARKS.items():
        if part.data.startswith(mark):
            return _decoded(part, encoding)
    if b"\0" in part.data:
        raise RatingFileError(f"{part.name} is no text file.")
    try:
        return part.data.decode()
    except UnicodeDecodeError:
        return _decoded(part, "cp1252")


def _decoded(part: UploadedPart, encoding: str) -> str:
    try:
        return part.data.decode(encoding)
    except UnicodeDecodeError:
        raise RatingFileError(
            f"{part.name} is written neither in UTF-8 nor in a Western alphabet of Windows;"
            " save it as UTF-8."
        ) from None


def table(part: UploadedPart, known: frozenset[str]) -> FileTable | None:
    """The table of a file whose header has at least two of the known columns, else None.

    Raises: RatingFileError, for damaged quotes with the row where they are.
    """
    text = text_of(part)
    found = [(_header(text, separator, known), separator) for separator in SEPARATORS]
    (names, place), separator = max(found, key=lambda each: each[0][0])
    if names < 2:
        return None
    (_, columns), *rows = _rows(part.name, text, separator, place)
    return FileTable(part.name, tuple(map(plain_name, columns)), place, tuple(rows))


def _header(text: str, separator: str, known: frozenset[str]) -> tuple[int, int]:
    """How many known columns the best of the first rows names, and which row that is."""
    best = (0, 0)
    try:
        for place, cells in enumerate(islice(_reader(text, separator), PREAMBLE), 1):
            names = len(known & set(map(plain_name, cells)))
            best = max(best, (names, -place))
    except csv.Error:
        pass  # told when the rows are read
    return best[0], -best[1]


def _rows(name: str, text: str, separator: str, first: int) -> list[tuple[int, list[str]]]:
    """The rows from the header on that are not blank; blank ones count, so that places are right.

    Raises: RatingFileError, at once where there are too many.
    """
    rows: list[tuple[int, list[str]]] = []
    row = 0
    try:
        for row, cells in enumerate(_reader(text, separator), 1):
            if row >= first and any(map(str.strip, cells)):
                rows.append((row, cells))
            if len(rows) > MOST_ROWS + 1 or row > MOST_LINES:
                raise RatingFileError(f"{name} has too many rows; {MOST_ROWS:,} are the most.")
    except csv.Error as error:
        reason = "its quotes don’t match" if "limit" not in str(error) else "a cell is too long"
        raise RatingFileError(f"Row {row + 1} of {name}: {reason}.") from None
    return rows


def _reader(text: str, separator: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
