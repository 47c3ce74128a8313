"""Films out of text files with columns of any dialect."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from db.errors import LoadError
from db.ingest.sources.blocks import Block, blocks
from db.ingest.sources.columns import FILM_NAMES, positions
from db.ingest.sources.event_layout import EventLayout
from db.ingest.sources.files import SourceFile
from db.ingest.sources.genre_lists import blanks_separate, in_words, listed_genres
from db.ingest.sources.movie_lines import MOST_BYTES, movies_frame, untitled, usable_number
from db.ingest.sources.original_ids import kind_of
from db.ingest.sources.read_as import TEXTS, ReadAs
from db.ingest.sources.rejections import FIELDS, SAME_FILM, Rejections, Unusable
from db.ingest.sources.release_year import release_year
from db.ingest.sources.text_tables import TextTable, text_table


@dataclass(frozen=True)
class FilmTable:
    """A text file of films, understood."""

    table: TextTable
    places: Mapping[str, int]
    """Columns by their keys in columns.NAMES."""
    kind: str
    """How ids are written: a kind of original_ids.kind_of."""
    repeated: bool = False
    """Whether the file has a row for each rating, so that a film may come again."""

    @property
    def name(self) -> str:
        """The file's."""
        return self.table.file.name

    @property
    def text(self) -> SourceFile:
        """Its lines."""
        return self.table.file

    def in_words(self) -> str:
        """What had to be recognised."""
        listed = self.table.column(self.places["genres"]) if "genres" in self.places else []
        ids = "films' ids as texts" if self.kind == TEXTS else ""
        written = "" if self.repeated else self.table.written
        return ", ".join(word for word in (written, ids, in_words(listed)) if word)

    def frame(self, number: Callable[[str], int], rejections: Rejections) -> pd.DataFrame:
        """movie_id, title, release_year and genres of every film; `number` makes one of an id."""
        return _films_of(self, number, rejections)


def film_table(file: SourceFile, chosen: Mapping[str, str], read_as: ReadAs) -> FilmTable:
    """Look at the beginning of a list of films. Raises: LoadError."""
    if file.size > MOST_BYTES:
        raise LoadError(f"{file.name} is too large for a list of films ({file.size:,} bytes).")
    table = text_table(file, read_as, chosen, ratings=False)
    optional = ("year", "genres")
    places = positions(
        file.name, table.names, ("movie", "title"), chosen, optional, names=FILM_NAMES
    )
    return FilmTable(table, places, read_as.ids or kind_of(table.column(places["movie"])))


def films_among(events: EventLayout, chosen: Mapping[str, str]) -> FilmTable | None:
    """The films that a file of ratings says the titles of, if it does."""
    optional = ("title", "year", "genres")
    table = events.table
    found = positions(table.file.name, table.names, (), chosen, optional) if table.header else {}
    if "title" not in found:
        return None
    places = {"movie": events.places["movie"], **found}
    return FilmTable(table, places, events.movies, repeated=True)


def _films_of(
    films: FilmTable, number: Callable[[str], int], rejections: Rejections
) -> pd.DataFrame:
    found: dict[int, tuple] = {}
    name = films.table.file.name
    genres = films.places.get("genres")
    blanks = genres is not None and blanks_separate(films.table.column(genres))
    with films.table.file.open() as stream:
        whole = b"".join(block.data for block in blocks(stream, name))
    for line, fields, reason in films.table.rows(Block(whole, 1)):
        if line <= films.table.skip:
            continue
        try:
            _add(found, films, fields, reason, number, blanks)
        except Unusable as unusable:
            if films.repeated:
                continue  # it is a rating, too, and counted there
            if not whole.endswith(b"\n") and line == whole.count(b"\n") + 1:
                raise LoadError(
                    f"{name} is not complete: it ends in the middle of line {line:,}."
                ) from None
            rejections.add(name, 1, {str(unusable): np.array([line])})
        else:
            if not films.repeated:
                rejections.add(name, 1, {})
    if not found:
        raise LoadError(f"{name} lists no films.")
    return movies_frame(found)


def _add(
    found: dict[int, tuple],
    films: FilmTable,
    fields: list[str],
    reason: str,
    number: Callable[[str], int],
    blanks: bool,
) -> None:
    """Raises: Unusable."""
    if reason or len(fields) != len(films.table.names):
        raise Unusable(reason or FIELDS)
    row = {key: fields[place] for key, place in films.places.items()}
    movie = usable_number(number(row["movie"]))
    if movie in found:
        raise Unusable(SAME_FILM)
    title = row["title"] if row["title"].strip() else untitled(row["movie"])
    year = release_year(title, row.get("year", ""))
    found[movie] = (title, year, listed_genres(row.get("genres", ""), blanks))
