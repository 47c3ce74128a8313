"""Kaggle's "The Movies Dataset": MovieLens' ratings and links, and films as TMDB describes them.

The list of films has TMDB's numbers; links.csv says which film of the ratings each is.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from db.ingest.sources.assembled import assembled
from db.ingest.sources.blocks import Block, blocks
from db.ingest.sources.checks import LARGEST
from db.ingest.sources.columns import positions
from db.ingest.sources.csv_tables import CsvRatings
from db.ingest.sources.event_layout import event_layout
from db.ingest.sources.event_lines import NOT_STORABLE
from db.ingest.sources.files import SourceFile
from db.ingest.sources.film_tables import FilmTable, film_table
from db.ingest.sources.movie_lines import unlisted_movies
from db.ingest.sources.original_ids import whole_number
from db.ingest.sources.read_as import AS_IT_LOOKS, ReadAs
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.source import Source
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import MOVIELENS_BEGAN
from db.ingest.sources.text_tables import text_table

NEEDED = ("ratings.csv", "movies_metadata.csv", "links.csv")
OPTIONAL = ()


def read(
    files: Mapping[str, SourceFile], name: str, scale: Scale, read_as: ReadAs = AS_IT_LOOKS
) -> Source:
    """A dataset from the files of NEEDED."""
    ratings = CsvRatings(event_layout(files["ratings.csv"], {}, read_as), MOVIELENS_BEGAN)
    listed = film_table(files["movies_metadata.csv"], {"movie": "id"}, read_as)
    films = LinkedFilms(listed, files["links.csv"], read_as)
    return assembled(name, ratings, films, scale, {"links": files["links.csv"]}, read_as)


@dataclass(frozen=True)
class LinkedFilms:
    """Films under TMDB's numbers, and the links from those to the ratings'."""

    films: FilmTable
    links: SourceFile
    read_as: ReadAs

    @property
    def name(self) -> str:
        """The file's."""
        return self.films.name

    @property
    def kind(self) -> str:
        """How ids are written."""
        return self.films.kind

    @property
    def text(self) -> SourceFile:
        """Its lines."""
        return self.films.text

    def in_words(self) -> str:
        """What had to be recognised."""
        return ", ".join(filter(None, ("The Movies Dataset of Kaggle", self.films.in_words())))

    def frame(self, _number: Callable[[str], int], rejections: Rejections) -> pd.DataFrame:
        """The films by the ratings' numbers; those that have no description are untitled.

        Of films that no link has, nobody can have rated any: they are left out and counted.
        """
        linked = self._linked()
        by_tmdb = {tmdb: film for film, tmdb in linked.items() if tmdb < NOT_STORABLE}
        rejections.optional.add(self.name)
        found = self.films.frame(
            lambda text: by_tmdb.get(whole_number(text), NOT_STORABLE), rejections
        )
        rest = linked.keys() - set(found["movie_id"])
        return pd.concat([found, unlisted_movies(rest)], ignore_index=True) if rest else found

    def _linked(self) -> dict[int, int]:
        """TMDB's number of each film, NOT_STORABLE for none. Raises: LoadError."""
        table = text_table(self.links, self.read_as, {}, ratings=False)
        places = positions(self.links.name, table.names, ("movie", "tmdb"), {})
        with self.links.open() as stream:
            whole = Block(b"".join(block.data for block in blocks(stream, self.links.name)), 1)
        width = len(table.names)
        rows = [row.fields for row in table.rows(whole)[table.skip :] if len(row.fields) == width]
        pairs = ((row[places["movie"]], row[places["tmdb"]]) for row in rows)
        found = {whole_number(film): whole_number(tmdb) for film, tmdb in pairs}
        return {film: tmdb for film, tmdb in found.items() if film <= LARGEST}
