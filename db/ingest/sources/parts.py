"""Ratings in several files of one shape, as Spark and other clusters write them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.errors import LoadError
from db.ingest.sources.assembled import RatingFile
from db.ingest.sources.files import SourceFile
from db.ingest.sources.original_ids import Ids
from db.ingest.sources.read_as import NUMBERS, TEXTS
from db.ingest.sources.source import Piece, RatingRows, Table
from db.ingest.sources.stars import Scale


class Parts:
    """Ratings of several files, one after the other; lines are counted through all of them."""

    def __init__(self, name: str, files: Sequence[RatingFile]) -> None:
        """Raises: LoadError where some have times and some have none."""
        self.name, self.files = name, files
        self.users = TEXTS if TEXTS in {file.users for file in files} else NUMBERS
        self.movies = TEXTS if TEXTS in {file.movies for file in files} else NUMBERS
        self.has_times = files[0].has_times
        self.seen = files[0].seen
        self.text: SourceFile | None = None
        if any(file.has_times != self.has_times for file in files):
            raise LoadError(
                f"{name}: some of its {len(files)} files have times, and some have none."
            )

    def in_words(self) -> str:
        """What had to be recognised."""
        said = dict.fromkeys(file.in_words() for file in self.files)
        return "; ".join([f"{len(self.files)} files of ratings", *filter(None, said)])

    def ratings(self, ids: Ids, scale: Scale) -> Table[RatingRows]:
        """All of them."""
        return PartsTable(self.name, tuple(file.ratings(ids, scale) for file in self.files))


@dataclass(frozen=True)
class PartsTable:
    """Ratings of several tables, one after the other: a Table."""

    file: str
    parts: Sequence[Table[RatingRows]]

    @property
    def size(self) -> int:
        """Rows to expect."""
        return sum(part.size for part in self.parts)

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Piece by piece; lines are counted through all of the parts."""
        before = 0
        for part in self.parts:
            last = before
            for piece in part.read():
                lines = piece.rows.lines + before
                rejected = {why: where + before for why, where in piece.rejected.items()}
                last = max(last, *lines[-1:].tolist(), *(w[-1] for w in rejected.values()), 0)
                yield Piece(piece.rows._replace(lines=lines), rejected, piece.read)
            before = int(last)
