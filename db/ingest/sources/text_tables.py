"""How a text file is laid out: its encoding, separator and header, seen from its beginning."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from db.errors import LoadError
from db.ingest.sources.blocks import Block
from db.ingest.sources.columns import known_names
from db.ingest.sources.encodings import UTF_8, as_lines, beginning, writing
from db.ingest.sources.files import SourceFile
from db.ingest.sources.read_as import SEPARATORS, ReadAs
from db.ingest.sources.records import Record, fields_of, records
from db.ingest.sources.rejections import Unusable
from db.ingest.sources.stars import NUMBER

SEEN = 5_000  # rows from which a file's habits are told
MARK = "\ufeff"
WITHOUT_HEADER = ("user", "movie", "rating", "timestamp")
"""The columns of a file that does not name them, as of MovieLens 100K and Amazon's ratings."""


@dataclass(frozen=True)
class TextTable:
    """A text file and how to take it apart."""

    file: SourceFile
    """Its lines end in line feeds."""
    separator: str
    encodings: tuple[str, ...]
    names: tuple[str, ...]
    """Of the columns; their places, from 1, where the file does not name them."""
    header: bool
    seen: tuple[list[str], ...]
    """The fields of the first rows."""
    written: str = ""
    """What is unusual about it, in words."""

    @property
    def skip(self) -> int:
        """Lines before the first row."""
        return int(self.header)

    @property
    def plain(self) -> bool:
        """Whether a row is a line, as far as one sees."""
        return not any("\n" in field for row in self.seen for field in row)

    def column(self, place: int) -> list[str]:
        """The first texts of a column."""
        return [row[place] for row in self.seen]

    def rows(self, block: Block) -> list[Record]:
        """What stands in a part of the file."""
        return list(records(block, self.separator, self.encodings))


def text_table(
    file: SourceFile, read_as: ReadAs, chosen: Mapping[str, str], ratings: bool = True
) -> TextTable:
    """How a file is laid out. `chosen`: as for `columns.positions`.

    Only `ratings` do without a header: their columns are few. Raises: LoadError.
    """
    written = writing(file, read_as.encoding)
    lines, encoding = as_lines(file, written)
    head = beginning(lines).removeprefix(MARK.encode()) or b"\n"
    cut = head.rfind(b"\n") + 1 or len(head)
    block = Block(head[:cut], 1)
    try:
        first = block.data.partition(b"\n")[0].decode(encoding).rstrip("\r")
    except UnicodeDecodeError:
        raise _no_csv(file) from None
    separator = read_as.separator or _separator(first, block, encoding, chosen)
    found = tuple(islice(records(block, separator, (encoding,)), SEEN + 1))
    header = read_as.header
    if header is None:
        header = not (ratings and _without_header(first, separator, found, chosen))
    names = _names(file, first, separator) if header else _places(found)
    rows = tuple(row.fields for row in found if len(row.fields) == len(names))
    return TextTable(
        lines,
        separator,
        (encoding,),
        names,
        header,
        rows[1:] if header else rows,
        _in_words(separator, written.encoding, written.carriage_returns, header),
    )


def _no_csv(file: SourceFile) -> LoadError:
    return LoadError(f"{file.name} is no CSV file: its first line names no columns.")


def _names(file: SourceFile, first: str, separator: str) -> tuple[str, ...]:
    try:
        return tuple(fields_of(first, separator))
    except Unusable:
        raise _no_csv(file) from None


def _places(found: Sequence[Record]) -> tuple[str, ...]:
    widths = Counter(len(row.fields) for row in found if not row.reason)
    width = widths.most_common(1)[0][0] if widths else 0
    return tuple(str(place) for place in range(1, width + 1))


def _separator(first: str, block: Block, encoding: str, chosen: Mapping[str, str]) -> str:
    """The one whose first line names most columns, else whose lines agree on most fields."""
    named = {mark: len(known_names(_split(first, mark), chosen)) for mark in SEPARATORS}
    best = max(named, key=lambda mark: named[mark])
    if named[best] > 0:
        return best
    alike = {mark: _width(block, mark, encoding) for mark in SEPARATORS}
    return max(alike, key=lambda mark: alike[mark])


def _width(block: Block, separator: str, encoding: str) -> int:
    """Fields of a row, where nearly all have as many; else 0."""
    found = [row for row in islice(records(block, separator, (encoding,)), 200) if not row.reason]
    widths = Counter(len(row.fields) for row in found)
    width, rows = widths.most_common(1)[0] if widths else (0, 0)
    return width if width > 1 and rows > 0.9 * len(found) else 0


def _without_header(
    first: str, separator: str, found: Sequence[Record], chosen: Mapping[str, str]
) -> bool:
    """Whether the first line is a rating already: the third field of most rows is a number."""
    fields = _split(first, separator)
    if len(fields) < 3 or known_names(fields, chosen):
        return False
    return bool(NUMBER.fullmatch(fields[2].strip().replace(",", ".")))


def _split(line: str, separator: str) -> list[str]:
    try:
        return fields_of(line, separator)
    except Unusable:
        return []


def _in_words(separator: str, encoding: str, returns: bool, header: bool) -> str:
    """Such as "semicolon, cp1252"; "" for what needs no word."""
    words = [SEPARATORS[separator]] if separator != "," else []
    words += [encoding] if encoding != UTF_8 else []
    words += ["lines that end in carriage returns"] if returns else []
    words += [] if header else ["no header"]
    return ", ".join(words)
