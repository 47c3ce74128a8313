"""Text files of events: one line each, of a user, a film, a rating or tag, and a time.

A block in which every line is as plain as MovieLens writes it is parsed by Arrow, at millions of
lines a second. Lenient parsers take much that is no rating, so that a block with any other byte,
or of which Arrow makes another number of rows than it has lines, is halved until what is odd in it
stands alone, and that is read line by line by rules of our own.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.csv

from db.ingest.sources.blocks import Block
from db.ingest.sources.rejections import BYTES, FIELDS, FILM, TIMESTAMP, USER, Lines, Unusable

FEW_LINES = 256  # are read one by one
NOT_STORABLE = 1 << 62  # stands for numbers that no column holds, to be rejected as such
DIGITS = re.compile(r"-?[0-9]+")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?![0-9])")
UNIT = b"\x1f"  # stands for "::", as Arrow wants a separator of one byte

TEXT = pa.dictionary(pa.int32(), pa.string())
TYPES = {"user": pa.int64(), "movie": pa.int64(), "text": TEXT, "time": pa.int64()}


class Events(NamedTuple):
    """By column, one item an event; numbers are as they stand in the file, int64."""

    users: np.ndarray
    movies: np.ndarray
    texts: pa.DictionaryArray
    """The rating or the tag."""
    seconds: np.ndarray
    lines: np.ndarray


class Parsed(NamedTuple):
    """What a block held."""

    events: Events
    rejected: Lines


@dataclass(frozen=True)
class EventLines:
    """How a file writes its events."""

    columns: tuple[str, ...] = ("user", "movie", "text", "time")
    """The fields in their order: each of TYPES once, any other name is not looked at."""
    separator: bytes = b","
    encodings: tuple[str, ...] = ("utf-8",)
    """The first that can decode a line does."""
    free_text: bool = False
    """Whether the text is a tag, which may hold any character, not a number."""

    @property
    def quoted(self) -> bool:
        """Whether fields may be in quotes: between all but double colons."""
        return self.separator != b"::"

    def parse(self, block: Block) -> Parsed:
        """Every event of a block, in order, and the lines that are none."""
        return _joined(list(self._parts(block)))

    def _parts(self, block: Block) -> Iterator[Parsed]:
        fast = self._by_arrow(block)
        if fast is not None:
            yield fast
        elif block.lines <= FEW_LINES:
            yield self._by_line(block)
        else:
            for half in block.halves():
                yield from self._parts(half) if half.data else ()

    def _by_arrow(self, block: Block) -> Parsed | None:
        """None where the block holds anything unusual."""
        data = block.data
        if not self._is_plain(data):
            return None
        try:
            table = pyarrow.csv.read_csv(
                pa.BufferReader(data.replace(b"::", UNIT) if self.separator == b"::" else data),
                pyarrow.csv.ReadOptions(
                    column_names=self.columns, block_size=len(data) + 1, use_threads=False
                ),
                pyarrow.csv.ParseOptions(
                    delimiter=(UNIT if self.separator == b"::" else self.separator).decode(),
                    quote_char='"' if self.quoted else False,
                ),
                pyarrow.csv.ConvertOptions(
                    column_types=TYPES, include_columns=list(TYPES), null_values=[]
                ),
            )
        except pa.ArrowInvalid:
            return None
        if table.num_rows != block.lines:
            return None
        users, movies, texts, seconds = (_one_array(table[name]) for name in TYPES)
        lines = np.arange(block.line, block.line + len(users))
        return Parsed(
            Events(users.to_numpy(), movies.to_numpy(), texts, seconds.to_numpy(), lines), {}
        )

    def _is_plain(self, data: bytes) -> bool:
        if data.count(b"\r") != data.count(b"\r\n"):
            return False  # Arrow would end a line there
        if self.free_text:
            return not (b"\0" in data or UNIT in data)
        return not data.translate(None, b"0123456789.\r\n" + self.separator)

    def _by_line(self, block: Block) -> Parsed:
        rows: list[tuple] = []
        rejected: dict[str, list[int]] = {}
        for number, line in enumerate(block.data.split(b"\n"), block.line):
            if not (line := line.removesuffix(b"\r")):
                continue  # an empty line has nothing to lose
            try:
                rows.append((*self._event(line), number))
            except Unusable as unusable:
                rejected.setdefault(str(unusable), []).append(number)
        return Parsed(_events(rows), {why: np.array(lines) for why, lines in rejected.items()})

    def _event(self, line: bytes) -> tuple[int, int, str, int]:
        """User, film, text and seconds. Raises: Unusable."""
        fields = self._fields(decoded(line, self.encodings))
        if len(fields) != len(self.columns):
            raise Unusable(FIELDS)
        row = dict(zip(self.columns, fields, strict=True))
        return (
            _whole(row["user"], USER),
            _whole(row["movie"], FILM),
            row["text"],
            seconds_of(row["time"]),
        )

    def _fields(self, line: str) -> list[str]:
        if self.quoted:
            return csv_fields(line, self.separator.decode())
        separator = self.separator.decode()
        if not self.free_text:
            return line.split(separator)
        *ids, rest = line.split(separator, 2)
        return [*ids, *rest.rsplit(separator, 1)]


def decoded(line: bytes, encodings: tuple[str, ...]) -> str:
    """The line's text. Raises: Unusable where it is none that a database can hold."""
    for encoding in encodings:
        try:
            text = line.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Unusable(BYTES)


def csv_fields(line: str, separator: str = ",") -> list[str]:
    """The fields of one line. Raises: Unusable where its quotes don't match."""
    try:
        (fields,) = csv.reader([line], delimiter=separator, strict=True)
    except (csv.Error, ValueError):  # no row or several: the line holds a lone carriage return
        raise Unusable(FIELDS) from None
    return fields


def _whole(text: str, otherwise: str) -> int:
    if not DIGITS.fullmatch(text):
        raise Unusable(otherwise)
    return int(text) if len(text) <= 18 else NOT_STORABLE


def seconds_of(text: str) -> int:
    """Seconds since 1970 from such a number, or from a date and perhaps time in ISO 8601 (UTC)."""
    if not DATE.match(text):
        return _whole(text, TIMESTAMP)
    try:
        when = datetime.fromisoformat(text)
        return int((when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp())
    except (ValueError, OverflowError):
        raise Unusable(TIMESTAMP) from None


def _events(rows: list[tuple]) -> Events:
    columns = list(zip(*rows, strict=True)) or [()] * len(Events._fields)
    users, movies, seconds, lines = (np.array(columns[i], np.int64) for i in (0, 1, 3, 4))
    texts = pa.array(columns[2], pa.string()).dictionary_encode()
    return Events(users, movies, texts, seconds, lines)


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def _joined(parts: list[Parsed]) -> Parsed:
    if len(parts) == 1:
        return parts[0]
    columns = list(zip(*(part.events for part in parts), strict=True))
    users, movies, seconds, lines = (np.concatenate(columns[i]) for i in (0, 1, 3, 4))
    texts = pa.chunked_array(columns[2], TEXT).unify_dictionaries().combine_chunks()
    reasons = {why for part in parts for why in part.rejected}
    rejected = {
        why: np.concatenate([part.rejected[why] for part in parts if why in part.rejected])
        for why in reasons
    }
    return Parsed(Events(users, movies, texts, seconds, lines), rejected)
