"""A MovieLens list of films that is given by itself: its ids are numbers."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from db.ingest.sources.files import SourceFile
from db.ingest.sources.movie_lines import Film, read_movies
from db.ingest.sources.read_as import NUMBERS
from db.ingest.sources.rejections import Rejections


@dataclass(frozen=True)
class NumberedFilms:
    """The list of films, by itself. split: a line into a film, or Unusable."""

    file: SourceFile
    split: Callable[[str], Film]
    encodings: tuple[str, ...]
    kind: str = NUMBERS

    @property
    def name(self) -> str:
        """The file's."""
        return self.file.name

    @property
    def text(self) -> SourceFile:
        """Its lines."""
        return self.file

    def in_words(self) -> str:
        """Nothing has to be recognised."""
        return ""

    def frame(self, _number: Callable[[str], int], rejections: Rejections) -> pd.DataFrame:
        """The films; their ids are numbers already."""
        return read_movies(self.file, self.split, self.encodings, rejections)
