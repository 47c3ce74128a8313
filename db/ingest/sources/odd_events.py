"""Ratings and tags out of text files that are not written as MovieLens writes them, row by row."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from db.errors import LoadError
from db.ingest.sources import times
from db.ingest.sources.blocks import Block, blocks
from db.ingest.sources.event_layout import EventLayout
from db.ingest.sources.event_lines import NOT_STORABLE
from db.ingest.sources.original_ids import Ids
from db.ingest.sources.read_as import NO_TIMES
from db.ingest.sources.records import row_blocks
from db.ingest.sources.rejections import FIELDS
from db.ingest.sources.scales import as_number
from db.ingest.sources.source import Piece, RatingRows, Rows, TagRows
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import expected_rows

NO_MOMENT = 0  # stands for the time of a rating whose file has none


@dataclass(frozen=True)
class OddFile:
    """A file of events of any dialect, and of any ids."""

    layout: EventLayout
    ids: Ids

    @property
    def file(self) -> str:
        """Its name."""
        return self.layout.table.file.name

    @cached_property
    def size(self) -> int:
        """Rows to expect."""
        return expected_rows(self.layout.table.file, self.layout.table.skip)

    def found(self) -> Iterator[tuple[Block, "Columns"]]:
        """Block by block."""
        table = self.layout.table
        with table.file.open() as stream:
            for block in row_blocks(blocks(stream, self.file, table.skip), table.separator):
                yield block, Columns(self.layout, block)

    def users(self, found: "Columns") -> np.ndarray:
        """The users of a block, as numbers."""
        return by_value(found.texts("user"), self.ids.user)

    def movies(self, found: "Columns") -> np.ndarray:
        """Its films."""
        return by_value(found.texts("movie"), self.ids.film)


@dataclass(frozen=True)
class OddRatings(OddFile):
    """Ratings of such a file: a Table."""

    scale: Scale

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Block by block. Raises: LoadError where the file was cut short."""
        for block, found in self.found():
            stars = by_value(found.texts("rating"), self._half_stars).astype(np.int16)
            rows = RatingRows(
                self.users(found), self.movies(found), stars, found.seconds(), found.lines
            )
            yield _piece(self.layout, block, found, rows)

    def _half_stars(self, text: str) -> int:
        return self.scale.half_stars(as_number(text) if self.layout.signs else text)


@dataclass(frozen=True)
class OddTags(OddFile):
    """Tags of such a file: a Table."""

    def read(self) -> Iterator[Piece[TagRows]]:
        """Block by block. Raises: LoadError where the file was cut short."""
        for block, found in self.found():
            texts = np.array(found.texts("tag"), object)
            rows = TagRows(
                self.users(found), self.movies(found), found.seconds(), texts, found.lines
            )
            yield _piece(self.layout, block, found, rows)


def _piece(layout: EventLayout, block: Block, found: "Columns", rows: Rows) -> Piece[Rows]:
    if not block.ends_properly:
        _check_end(layout, block, rows)
    return Piece(rows, found.rejected, found.read)


class Columns:
    """The texts of a block by column, and the lines that are no rows."""

    def __init__(self, layout: EventLayout, block: Block) -> None:
        self.layout = layout
        self.rows: list[list[str]] = []
        lines: list[int] = []
        unusable: dict[str, list[int]] = {}
        for line, fields, reason in layout.table.rows(block):
            if reason or len(fields) != len(layout.table.names):
                unusable.setdefault(reason or FIELDS, []).append(line)
            else:
                self.rows.append(fields)
                lines.append(line)
        self.lines = np.array(lines, np.int64)
        self.rejected = {why: np.array(where) for why, where in unusable.items()}
        self.read = len(lines) + sum(map(len, unusable.values()))

    def texts(self, key: str) -> list[str]:
        """A column by its key in columns.NAMES; of ratings, with points for decimal commas."""
        place = self.layout.places[key]
        texts = [row[place].strip() for row in self.rows]
        if key == "rating" and self.layout.decimal == ",":
            return [text.replace(",", ".") for text in texts]
        return texts

    def seconds(self) -> np.ndarray:
        """When, as seconds since 1970."""
        if self.layout.times == NO_TIMES:
            return np.full(len(self.lines), NO_MOMENT, np.int64)
        return by_value(self.texts("timestamp"), times.FORMS[self.layout.times])


def by_value(texts: list[str], convert: Callable[[str], int]) -> np.ndarray:
    """int64: what `convert` makes of each text, called once for all that are equal."""
    codes, values = pd.factorize(np.array(texts, object))
    return np.array([convert(value) for value in values], np.int64)[codes]


def _check_end(layout: EventLayout, block: Block, rows: RatingRows | TagRows) -> None:
    """Refuse a file whose last line lacks its line feed and something more."""
    last = block.line + block.lines - 1
    whole = len(rows.lines) and rows.lines[-1] == last
    if not whole or not layout.since <= rows.seconds[-1] < NOT_STORABLE:
        raise LoadError(
            f"{layout.table.file.name} is not complete: it ends in the middle of line {last:,}."
        )
