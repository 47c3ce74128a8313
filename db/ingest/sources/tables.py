"""Ratings and tags out of text files of events."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from db.errors import LoadError
from db.ingest.sources.blocks import Block, blocks
from db.ingest.sources.event_lines import EventLines, Parsed
from db.ingest.sources.files import SourceFile
from db.ingest.sources.source import Piece, RatingRows, TagRows
from db.ingest.sources.stars import STARS, Scale

MOVIELENS_BEGAN = 788_918_400  # 1995-01-01, seconds since 1970: no real rating is older
PROBE_BYTES = 1 << 16  # from which the number of rows of a file is estimated


@dataclass(frozen=True)
class EventFile:
    """A file whose every line after the first `skip` is an event."""

    text: SourceFile
    lines: EventLines
    skip: int = 0
    since: int = 0
    """A last line without line feed whose time is before this (s) is one that was cut short."""

    def parsed(self) -> Iterator[Parsed]:
        """Block by block. Raises: LoadError where the file was cut short."""
        with self.text.open() as stream:
            for block in blocks(stream, self.text.name, self.skip):
                parsed = self.lines.parse(block)
                if not block.ends_properly:
                    _check_end(self.text, block, parsed, self.since)
                yield parsed

    @cached_property
    def size(self) -> int:
        """Rows to expect."""
        return expected_rows(self.text, self.skip)


@dataclass(frozen=True)
class RatingEvents:
    """Ratings of a file of events: a Table."""

    events: EventFile
    scale: Scale = STARS

    @property
    def file(self) -> str:
        """The file's name."""
        return self.events.text.name

    @property
    def size(self) -> int:
        """Rows to expect."""
        return self.events.size

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Block by block."""
        for parsed in self.events.parsed():
            events = parsed.events
            stars = [self.scale.half_stars(text) for text in events.texts.dictionary.to_pylist()]
            half_stars = np.array(stars, np.int16)[events.texts.indices.to_numpy()]
            rows = RatingRows(events.users, events.movies, half_stars, events.seconds, events.lines)
            yield Piece(rows, parsed.rejected, _read(parsed))


@dataclass(frozen=True)
class TagEvents:
    """Tags of a file of events: a Table."""

    events: EventFile

    @property
    def file(self) -> str:
        """The file's name."""
        return self.events.text.name

    @property
    def size(self) -> int:
        """Rows to expect."""
        return self.events.size

    def read(self) -> Iterator[Piece[TagRows]]:
        """Block by block."""
        for parsed in self.events.parsed():
            events = parsed.events
            texts = events.texts.dictionary_decode().to_numpy(zero_copy_only=False)
            rows = TagRows(events.users, events.movies, events.seconds, texts, events.lines)
            yield Piece(rows, parsed.rejected, _read(parsed))


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
