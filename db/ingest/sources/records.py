"""Rows of fields out of text, line by line, whatever stands between the fields."""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import NamedTuple

from db.ingest.sources.blocks import Block
from db.ingest.sources.event_lines import decoded
from db.ingest.sources.rejections import FIELDS, Unusable

MOST_LINES = 1000  # of one cell in quotes: what is longer has a quote too many


class Record(NamedTuple):
    """One row of a file."""

    line: int
    """Of its beginning."""
    fields: list[str]
    """None of them where there is a `reason`."""
    reason: str = ""
    """Why the row can't be used."""


def records(block: Block, separator: str, encodings: tuple[str, ...]) -> Iterator[Record]:
    """Every row of a block but the empty ones; a cell in quotes may have several lines.

    A line whose quotes don't match is rejected alone: the next stand for themselves.
    """
    lines = block.data.split(b"\n")
    if lines[-1] == b"":
        lines.pop()
    at = 0
    while at < len(lines):
        number, line = block.line + at, lines[at].removesuffix(b"\r")
        at += 1
        if not line:
            continue
        try:
            if b'"' in line or b"\r" in line:
                fields, more = _quoted(line, lines[at : at + MOST_LINES], separator, encodings)
                at += more
            else:
                fields = decoded(line, encodings).split(separator)
        except Unusable as unusable:
            yield Record(number, [], str(unusable))
        else:
            yield Record(number, fields)


def row_blocks(blocks: Iterator[Block], separator: str) -> Iterator[Block]:
    """The same lines in blocks that end where a row does."""
    before: Block | None = None
    for block in blocks:
        if before is not None:
            block = Block(before.data + block.data, before.line)
        before = None
        if separator != "::" and block.data.count(b'"') % 2 and block.ends_properly:
            block, before = _last_row_apart(block)
        if block.data:
            yield block
    if before is not None:
        yield before


def _last_row_apart(block: Block) -> tuple[Block, Block | None]:
    """A block with a quote too many, before the row that this one is in, and the rest.

    None where the rest is too long for a row: then the quote is damage, in some row before.
    """
    cut = block.data.rfind(b"\n", 0, block.data.rfind(b'"')) + 1
    rest = Block(block.data[cut:], block.line + block.data.count(b"\n", 0, cut))
    return (Block(block.data[:cut], block.line), rest) if rest.lines < MOST_LINES else (block, None)


def _quoted(
    line: bytes, following: list[bytes], separator: str, encodings: tuple[str, ...]
) -> tuple[list[str], int]:
    """The fields, and how many of the following lines they took. Raises: Unusable."""
    text = decoded(line, encodings)
    for more in range(len(following) + 1):
        try:
            return fields_of(text, separator), more
        except Unusable:
            fields_of(text + '"', separator)  # is nothing missing but the end of a cell?
        if more < len(following):
            text += "\n" + decoded(following[more].removesuffix(b"\r"), encodings)
    raise Unusable(FIELDS)


def fields_of(text: str, separator: str) -> list[str]:
    """The fields of one row. Raises: Unusable where its quotes don't match."""
    if separator == "::":
        return text.split(separator)
    try:
        rows = list(csv.reader(StringIO(text, newline="\n"), delimiter=separator, strict=True))
    except (csv.Error, ValueError):
        raise Unusable(FIELDS) from None
    if len(rows) != 1:
        raise Unusable(FIELDS)
    return rows[0]
