"""What is loaded and what is added to it, as one source: for tables that are made anew."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from db.ingest.additions import Additions
from db.ingest.sources.ordering import latest
from db.ingest.sources.rejections import LISTED, Rejections
from db.ingest.sources.source import Piece, RatingRows, Source, Table, TagRows


@dataclass(frozen=True)
class UnionRatings:
    """Ratings of a table in order of user and film, and others in that order: a Table.

    Of a pair that both have the latest stays; of those of one time that of the others.
    """

    stored: Table[RatingRows]
    added: RatingRows

    @property
    def file(self) -> str:
        """The name of the table."""
        return self.stored.file

    @property
    def size(self) -> int:
        """Rows to expect, pairs of both counted twice."""
        return self.stored.size + len(self.added.lines)

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Piece by piece, in order of user and film."""
        keys, start = _keys(self.added), 0
        for piece in self.stored.read():
            end = int(np.searchsorted(keys, _keys(piece.rows)[-1], side="right"))
            yield _merged(piece.rows, self.added.only(slice(start, end)))
            start = end
        rest = self.added.only(slice(start, None))
        yield Piece(rest, {}, len(rest.lines))


def _keys(rows: RatingRows) -> np.ndarray:
    return rows.user_ids.astype(np.int64) << 32 | rows.movie_ids


def _merged(stored: RatingRows, added: RatingRows) -> Piece[RatingRows]:
    if len(added.lines):
        stored = RatingRows(*map(np.concatenate, zip(stored, added, strict=True)))
        order, last = latest(stored)  # stable: of one time the added ones come later
        stored = stored.only(order[last])
    return Piece(stored, {}, len(stored.lines))


@dataclass(frozen=True)
class UnionTags:
    """Tags of a table, and others that it has not: a Table."""

    stored: Table[TagRows] | None
    added: list[TagRows]
    file: str

    @property
    def size(self) -> int:
        """Rows to expect."""
        return (self.stored.size if self.stored else 0) + sum(
            len(rows.lines) for rows in self.added
        )

    def read(self) -> Iterator[Piece[TagRows]]:
        """Piece by piece."""
        old: set[tuple] = set()
        for piece in self.stored.read() if self.stored else ():
            old.update(_tags(piece.rows))
            yield piece
        for rows in self.added:
            new = np.array([tag not in old for tag in _tags(rows)], bool)
            yield Piece(rows.only(new), {}, int(new.sum()))


def _tags(rows: TagRows) -> Iterator[tuple]:
    return zip(*(column.tolist() for column in rows[:4]), strict=True)


def union(before: Source, added: Additions, history: tuple[Mapping[str, Any], ...]) -> Source:
    """The source that has both."""
    assert before.movies is not None  # of what is loaded
    titled = before.movies["movie_id"].isin(added.titled["movie_id"])
    movies = pd.concat([before.movies[~titled], added.titled, added.movies], ignore_index=True)
    tags = UnionTags(before.tags, added.tags, f"{before.name} tags")
    return replace(
        before,
        ratings=UnionRatings(before.ratings, added.ratings),
        movies=movies,
        tags=tags if tags.size else None,
        rejections=both(before.rejections, added.rejections),
        history=history,
    )


def both(before: Rejections, new: Rejections) -> Rejections:
    """What was left out of all imports; none of it counts against a share."""
    rejections = Rejections()
    rejections.reasons = before.reasons + new.reasons
    rejections.first = [*before.first, *new.first][:LISTED]
    rejections.texts = before.texts | new.texts
    return rejections
