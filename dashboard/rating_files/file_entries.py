"""What a file of ratings says of one film, whichever service wrote it."""

from dataclasses import dataclass
from typing import Literal

Kind = Literal["rated", "seen", "saved", "hidden", "dismissed"]
"""Rated; seen without a rating; to be seen some day; not seen; not wanted."""


class RatingFileError(Exception):
    """A file that can't be used. The text is a sentence for the visitor, with the row to blame."""


class UnusableRow(ValueError):
    """One row that can't be used; the text is the reason."""


@dataclass(frozen=True)
class FileEntry:
    """One row about one film.

    row: its place in the file, the header being row 1. titles: all that the film is called there.
    imdb_id: digits. rating: as written, "" for none. given: when, as written.
    person: whose it is, where a file is of several. movie_id: the film's number in the dataset of
    the fingerprint `dataset`, which means nothing in another.
    """

    file: str
    row: int
    kind: Kind
    titles: tuple[str, ...] = ()
    year: int | None = None
    imdb_id: str | None = None
    tmdb_id: int | None = None
    rating: str = ""
    given: str = ""
    person: str = ""
    movie_id: int | None = None
    dataset: str = ""

    @property
    def said(self) -> str:
        """What the row calls its film, for the visitor to recognise it."""
        name = self.titles[0] if self.titles else self._numbers()
        return f"{name} ({self.year})" if self.year else name

    def _numbers(self) -> str:
        if self.imdb_id:
            return f"tt{self.imdb_id}"
        return f"film {self.movie_id}" if self.movie_id is not None else f"TMDB {self.tmdb_id}"


@dataclass(frozen=True)
class LeftOut:
    """One row that does not count."""

    file: str
    row: int
    said: str
    reason: str
