"""What a reader gives to the importer."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, Protocol, Self, TypeVar

import numpy as np
import pandas as pd

from db.errors import LoadError
from db.ingest.sources.files import SourceFile
from db.ingest.sources.original_ids import Ids
from db.ingest.sources.rejections import (
    BYTES,
    RATING,
    TIMESTAMP,
    USER,
    Lines,
    Rejections,
)
from db.ingest.sources.stars import STARS, Scale

ADVICE = {
    RATING: "on another scale say --scale MIN MAX",
    USER: "ids that are no numbers are read with --ids texts",
    TIMESTAMP: "other times are read with --times FORM, or left out with --times none",
    BYTES: "another encoding is read with --encoding NAME",
}
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


class Table(Protocol[Rows]):
    """A file of ratings or tags."""

    @property
    def file(self) -> str:
        """Its name, as rejected rows are listed under it."""

    @property
    def size(self) -> int:
        """Rows to expect, for progress and for the space they take."""

    def read(self) -> Iterator[Piece[Rows]]:
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
    any_film: bool = False
    """Whether films that no list has may be rated, though `movies` is there: those known so far."""
    scale: Scale = STARS
    """The one that ratings are read on."""
    proposed: Scale | None = None
    """The scale that ratings seem to have, where it is not the one that they are read on."""
    texts: Mapping[str, SourceFile] = field(default_factory=dict)
    """The text files by name, to show lines of."""
    origin: str = ""
    """Where it is, as it was named to whoever opened it."""
    licence: str = ""
    """What the files beside the data say about their use."""
    history: tuple[Mapping[str, Any], ...] = ()
    """Of ratings that were loaded before: the imports that brought them, oldest first."""
    read_as: tuple[str, ...] = ()
    """What had to be recognised in the files, a line each, such as "r.csv: semicolon, cp1252"."""

    def advice(self, reason: str) -> str:
        """What may help those who have rows that are left out for a reason; "" for nothing."""
        if reason == RATING and self.proposed:
            low, high = self.proposed.low, self.proposed.high
            return f"ratings seem to go from {low:f} to {high:f}: say --scale {low:f} {high:f}"
        return ADVICE.get(reason, "")

    def check(self, max_rejected: float) -> None:
        """Raises: LoadError where more than this share of a file's rows can't be used."""
        if problem := self.rejections.too_many(max_rejected):
            advice = [self.advice(reason) for reason in self.rejections.reasons]
            raise LoadError(
                " ".join([problem, *(f"{each[0].upper()}{each[1:]}." for each in advice if each)])
            )


def genre_names(listed: str | None) -> tuple[str, ...]:
    """The genres of a "A|B" list, each once, in the list's order.

    A comma separates too: query strings write genres that way, so no name may hold one.
    """
    if not isinstance(listed, str) or listed.strip() == NO_GENRES:
        return ()
    names = (name.strip() for name in re.split(r"[|,]", listed))
    return tuple(dict.fromkeys(name for name in names if name))
