"""Ratings and tags out of text files that are not written as MovieLens writes them, row by row."""

from collections.abc import Callable, Iterator

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
from db.ingest.sources.source import Piece, RatingRows, Rows, Table, TagRows
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import expected_rows

NO_MOMENT = 0  # stands for the time of a rating whose file has none


def odd_ratings(layout: EventLayout, ids: Ids, scale: Scale) -> Table[RatingRows]:
    """Ratings of a file of any dialect, and of any ids."""

    def rows_of(found: Columns) -> RatingRows:
        number = as_number if layout.signs else str
        stars = by_value(found.texts("rating"), lambda text: scale.half_stars(number(text)))
        return RatingRows(
            by_value(found.texts("user"), ids.user),
            by_value(found.texts("movie"), ids.film),
            stars.astype(np.int16),
            found.seconds(),
            found.lines,
        )

    return _table(layout, rows_of)


def odd_tags(layout: EventLayout, ids: Ids) -> Table[TagRows]:
    """Tags of such a file."""

    def rows_of(found: Columns) -> TagRows:
        return TagRows(
            by_value(found.texts("user"), ids.user),
            by_value(found.texts("movie"), ids.film),
            found.seconds(),
            np.array(found.texts("tag"), object),
            found.lines,
        )

    return _table(layout, rows_of)


def _table(layout: EventLayout, rows_of: Callable[["Columns"], Rows]) -> Table[Rows]:
    file, skip = layout.table.file, layout.table.skip

    def read() -> Iterator[Piece[Rows]]:
        with file.open() as stream:
            for block in row_blocks(blocks(stream, file.name, skip), layout.table.separator):
                found = Columns(layout, block)
                rows = rows_of(found)
                if not block.ends_properly:
                    _check_end(layout, block, rows)
                yield Piece(rows, found.rejected, found.read)

    return Table(file.name, expected_rows(file, skip), read)


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
