"""What a reader gives to the importer."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, Self, TypeVar

import numpy as np
import pandas as pd

from db.ingest.sources.original_ids import Ids
from db.ingest.sources.rejections import Lines, Rejections

NO_GENRES = "(no genres listed)"


class RatingRows(NamedTuple):
    """Ratings by column, one item a rating."""

    user_ids: np.ndarray
    movie_ids: np.ndarray
    half_stars: np.ndarray
    """1 to 10; anything else is no rating and will be rejected."""
    seconds: np.ndarray
    """Since 1970, UTC."""
    lines: np.ndarray
    """Where each was found in its file, from 1."""

    def only(self, which: np.ndarray | slice) -> Self:
        """The ratings that a mask, a slice or an array of indexes picks."""
        return type(self)(*(column[which] for column in self))


class TagRows(NamedTuple):
    """Words that users gave to films, by column."""

    user_ids: np.ndarray
    movie_ids: np.ndarray
    seconds: np.ndarray
    texts: np.ndarray
    """Of str."""
    lines: np.ndarray

    def only(self, which: np.ndarray | slice) -> Self:
        """The tags that a mask, a slice or an array of indexes picks."""
        return type(self)(*(column[which] for column in self))


Rows = TypeVar("Rows", RatingRows, TagRows)


class Piece(NamedTuple, Generic[Rows]):
    """The rows of a part of a file, in the file's order."""

    rows: Rows
    rejected: Lines
    read: int
    """Rows looked at, rejected ones among them."""


@dataclass(frozen=True)
class Table(Generic[Rows]):
    """A file of ratings or tags."""

    file: str
    """Its name, as rejected rows are listed under it."""
    size: int
    """Rows to expect, for progress and for the space they take."""
    read: Callable[[], Iterator[Piece[Rows]]]
    """From its beginning, each time; pieces are of bounded size."""


@dataclass(frozen=True)
class Source:
    """A dataset to load."""

    name: str
    ratings: Table[RatingRows]
    movies: pd.DataFrame | None = None
    """movie_id, title, release_year (Int64, missing: unknown), genres ("A|B", "" for none) and,
    where known, imdb_id and tmdb_id (str and Int64, may be missing), and original_id where ids are
    no numbers of ours.
    None: any film may be rated, and is called by its number."""
    tags: Table[TagRows] | None = None
    rejections: Rejections = field(default_factory=Rejections)
    """Grows while the source is being read."""
    ids: Ids = field(default_factory=Ids)
    """What ids that are no numbers become; grows as well."""
    scattered: bool = False
    """Whether to sort the ratings from the outset, as they are in no order."""
    has_times: bool = True
    """Whether it is known when ratings were given; if not, `seconds` are all the same."""
    read_as: tuple[str, ...] = ()
    """What had to be recognised in the files, a line each, such as "r.csv: semicolon, cp1252"."""


def genre_names(listed: str | None) -> tuple[str, ...]:
    """The genres of a "A|B" list, each once, in the list's order.

    A comma separates too: query strings write genres that way, so no name may hold one.
    """
    if not isinstance(listed, str) or listed.strip() == NO_GENRES:
        return ()
    names = (name.strip() for name in re.split(r"[|,]", listed))
    return tuple(dict.fromkeys(name for name in names if name))
