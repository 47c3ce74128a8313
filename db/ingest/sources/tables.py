"""Ratings and tags out of text files of events."""

from collections.abc import Iterator

import numpy as np

from db.errors import LoadError
from db.ingest.sources.blocks import Block, blocks
from db.ingest.sources.event_lines import EventLines, Parsed
from db.ingest.sources.files import SourceFile
from db.ingest.sources.source import Piece, RatingRows, Table, TagRows
from db.ingest.sources.stars import STARS, Scale

MOVIELENS_BEGAN = 788_918_400  # 1995-01-01, seconds since 1970: no real rating is older
PROBE_BYTES = 1 << 16  # from which the number of rows of a file is estimated


def ratings_table(
    file: SourceFile, lines: EventLines, skip: int = 0, scale: Scale = STARS, since: int = 0
) -> Table[RatingRows]:
    """Ratings of a file after its first `skip` lines.

    A last line without line feed whose time is before `since` (s) is one that was cut short.
    """

    def read() -> Iterator[Piece[RatingRows]]:
        for parsed in _parsed(file, lines, skip, since):
            events = parsed.events
            stars = [scale.half_stars(text) for text in events.texts.dictionary.to_pylist()]
            half_stars = np.array(stars, np.int16)[events.texts.indices.to_numpy()]
            rows = RatingRows(events.users, events.movies, half_stars, events.seconds, events.lines)
            yield Piece(rows, parsed.rejected, _read(parsed))

    return Table(file.name, expected_rows(file, skip), read)


def tags_table(file: SourceFile, lines: EventLines, skip: int = 0) -> Table[TagRows]:
    """Tags of a file after its first `skip` lines."""

    def read() -> Iterator[Piece[TagRows]]:
        for parsed in _parsed(file, lines, skip, since=0):
            events = parsed.events
            texts = events.texts.dictionary_decode().to_numpy(zero_copy_only=False)
            rows = TagRows(events.users, events.movies, events.seconds, texts, events.lines)
            yield Piece(rows, parsed.rejected, _read(parsed))

    return Table(file.name, expected_rows(file, skip), read)


def _parsed(file: SourceFile, lines: EventLines, skip: int, since: int) -> Iterator[Parsed]:
    with file.open() as stream:
        for block in blocks(stream, file.name, skip):
            parsed = lines.parse(block)
            if not block.ends_properly:
                _check_end(file, block, parsed, since)
            yield parsed


def _check_end(file: SourceFile, block: Block, parsed: Parsed, since: int) -> None:
    """Refuse a file that was cut short: its last line lacks the line feed and something more."""
    last = block.line + block.lines - 1
    lines, seconds = parsed.events.lines, parsed.events.seconds
    if not len(lines) or lines[-1] != last or seconds[-1] < since:
        raise LoadError(f"{file.name} is not complete: it ends in the middle of line {last:,}.")


def _read(parsed: Parsed) -> int:
    return len(parsed.events.lines) + sum(map(len, parsed.rejected.values()))


def expected_rows(file: SourceFile, skip: int) -> int:
    """An estimate of how many rows a file has, by how many its first bytes have."""
    with file.open() as stream:
        probe = stream.read(PROBE_BYTES)
    return max(0, round(file.size / max(1, len(probe)) * probe.count(b"\n")) - skip)
