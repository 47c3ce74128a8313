"""Ratings, tags and links out of text files with columns, as most people have them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import pandas as pd

from db.ingest.sources.columns import positions
from db.ingest.sources.event_layout import EventLayout, event_layout
from db.ingest.sources.event_lines import EventLines, csv_fields
from db.ingest.sources.files import SourceFile
from db.ingest.sources.movie_lines import each_line, movie_number
from db.ingest.sources.odd_events import OddRatings, OddTags
from db.ingest.sources.original_ids import Ids
from db.ingest.sources.read_as import NO_TIMES, ReadAs
from db.ingest.sources.rejections import FIELDS, FILM, LINK, Rejections, Unusable
from db.ingest.sources.source import RatingRows, Table, TagRows
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import EventFile, RatingEvents, TagEvents
from db.ingest.sources.text_tables import text_table


@dataclass(frozen=True)
class CsvRatings:
    """Ratings of a file; `since` as in `EventFile`."""

    layout: EventLayout
    since: int = 0

    @property
    def name(self) -> str:
        """The file's."""
        return self.layout.table.file.name

    @property
    def users(self) -> str:
        """How their ids are written."""
        return self.layout.users

    @property
    def movies(self) -> str:
        """How their ids are written."""
        return self.layout.movies

    @property
    def has_times(self) -> bool:
        """Whether it says when."""
        return self.layout.times != NO_TIMES

    @property
    def seen(self) -> list[str]:
        """The first ratings."""
        texts = self.layout.table.column(self.layout.places["rating"])
        return [text.replace(",", ".") for text in texts]

    @property
    def text(self) -> SourceFile:
        """Its lines."""
        return self.layout.table.file

    def in_words(self) -> str:
        """What had to be recognised."""
        return self.layout.in_words()

    def ratings(self, ids: Ids, scale: Scale) -> Table[RatingRows]:
        """The table, by the quick reader where it can read the file."""
        layout = self.layout
        if not layout.plain or ids.any_texts:
            return OddRatings(layout, ids, scale)
        return RatingEvents(_events(layout, since=max(self.since, layout.since)), scale)


def csv_tags(file: SourceFile, ids: Ids, read_as: ReadAs) -> Table[TagRows]:
    """Tags. Raises: LoadError."""
    layout = event_layout(file, {}, read_as, "tag")
    if not layout.plain or ids.any_texts:
        return OddTags(layout, ids)
    return TagEvents(_events(layout, free_text=True))


def _events(layout: EventLayout, free_text: bool = False, since: int = 0) -> EventFile:
    table = layout.table
    lines = EventLines(layout.columns, table.separator.encode(), table.encodings, free_text)
    return EventFile(table.file, lines, table.skip, since)


def csv_links(
    file: SourceFile, movies: pd.DataFrame, ids: Ids, read_as: ReadAs, rejections: Rejections
) -> pd.DataFrame:
    """The films with imdb_id (digits, as in the file) and tmdb_id, missing where not known."""
    table = text_table(file, read_as, {}, ratings=False)
    places = positions(file.name, table.names, ("movie",), {}, ("imdb", "tmdb"))
    known = set(movies["movie_id"])
    links: dict[int, tuple[str | None, int | None]] = {}

    def read(line: bytes) -> None:
        fields = csv_fields(line.decode("ascii", "replace"), table.separator)
        if len(fields) != len(table.names):
            raise Unusable(FIELDS)
        number, imdb, tmdb = _link({key: fields[place] for key, place in places.items()}, ids.film)
        if number not in known:
            raise Unusable(FILM)
        links[number] = imdb or None, movie_number(tmdb) if tmdb else None

    each_line(table.file, 1, read, rejections)
    return _with_links(movies, links)


def _link(found: Mapping[str, str], film: Callable[[str], int]) -> tuple[int, str, str]:
    """The film's number and its digits on IMDb and TMDB. Raises: Unusable."""
    imdb = found.get("imdb", "").strip().removeprefix("tt").removesuffix(".0")
    tmdb = found.get("tmdb", "").strip().removesuffix(".0")
    number = film(found["movie"])
    if not all(text == "" or (text.isdecimal() and len(text) <= 10) for text in (imdb, tmdb)):
        raise Unusable(LINK)
    return number, imdb, tmdb


def _with_links(
    movies: pd.DataFrame, links: Mapping[int, tuple[str | None, int | None]]
) -> pd.DataFrame:
    found = [links.get(number, (None, None)) for number in movies["movie_id"]]
    imdb, tmdb = zip(*found, strict=True)
    return movies.assign(
        imdb_id=pd.Series(imdb, dtype=object), tmdb_id=pd.Series(tmdb, dtype="Int64")
    )
