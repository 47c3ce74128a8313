"""What makes a row unusable: each rule in one place, for all readers."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from db.ingest.sources.rejections import FILM, RATING, TIMESTAMP, USER
from db.ingest.sources.source import Piece, RatingRows, Table, TagRows

LARGEST = 2**31 - 1  # of PostgreSQL's type integer; as a time it is in January 2038


def checked_ratings(piece: Piece[RatingRows], movies: pd.DataFrame | None) -> Piece[RatingRows]:
    """The piece without the rows that break a rule. movies None: any film may be rated."""
    return _checked(piece, movies, lambda rows: _within(rows.half_stars, 1, 10))


def checked_tags(piece: Piece[TagRows], movies: pd.DataFrame | None) -> Piece[TagRows]:
    """The same for tags."""
    return _checked(piece, movies, None)


@dataclass(frozen=True)
class UsableRatings:
    """The ratings of a table that break no rule: a Table. movies None: any film may be rated."""

    table: Table[RatingRows]
    movies: pd.DataFrame | None

    @property
    def file(self) -> str:
        """The file's name."""
        return self.table.file

    @property
    def size(self) -> int:
        """Rows to expect, unusable ones among them."""
        return self.table.size

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Piece by piece."""
        for piece in self.table.read():
            yield checked_ratings(piece, self.movies)


def _checked(
    piece: Piece, movies: pd.DataFrame | None, stars: Callable[[RatingRows], np.ndarray] | None
) -> Piece:
    rows = piece.rows
    rules = {
        USER: _within(rows.user_ids, 0, LARGEST),
        FILM: _within(rows.movie_ids, 0, LARGEST),
        TIMESTAMP: _within(rows.seconds, 0, LARGEST),
    }
    if movies is not None:
        rules[FILM] &= np.isin(rows.movie_ids, movies["movie_id"].to_numpy())
    if stars:
        rules[RATING] = stars(rows)
    good = np.ones(len(rows.lines), bool)
    rejected = dict(piece.rejected)
    for reason, passes in rules.items():
        broken = rows.lines[good & ~passes]
        if len(broken):
            rejected[reason] = np.sort(np.concatenate([rejected.get(reason, broken[:0]), broken]))
        good &= passes
    return Piece(rows if good.all() else rows.only(good), rejected, piece.read)


def _within(values: np.ndarray, low: int, high: int) -> np.ndarray:
    return (values >= low) & (values <= high)
