"""CSV files with a header, as MovieLens writes them since 2012 and most other people do."""

from collections.abc import Mapping

import pandas as pd

from db.ingest.sources.columns import header, positions
from db.ingest.sources.event_lines import EventLines, csv_fields
from db.ingest.sources.files import SourceFile
from db.ingest.sources.movie_lines import Film, Split, each_line, movie_number, read_movies
from db.ingest.sources.rejections import FIELDS, FILM, LINK, Rejections, Unusable
from db.ingest.sources.release_year import release_year
from db.ingest.sources.source import RatingRows, Table, TagRows
from db.ingest.sources.stars import Scale
from db.ingest.sources.tables import ratings_table, tags_table

UTF_8 = ("utf-8",)


def csv_ratings(
    file: SourceFile, chosen: Mapping[str, str], scale: Scale, since: int = 0
) -> Table[RatingRows]:
    """Ratings; `chosen` and `since` as in `positions` and `ratings_table`."""
    lines = EventLines(_event_columns(file, "rating", chosen))
    return ratings_table(file, lines, skip=1, scale=scale, since=since)


def csv_tags(file: SourceFile) -> Table[TagRows]:
    """Tags."""
    return tags_table(file, EventLines(_event_columns(file, "tag", {}), free_text=True), skip=1)


def _event_columns(file: SourceFile, text: str, chosen: Mapping[str, str]) -> tuple[str, ...]:
    """The columns as EventLines names them."""
    columns = header(file)
    places = positions(file.name, columns, ("user", "movie", text, "timestamp"), chosen)
    events = dict(zip(places.values(), ("user", "movie", "text", "time"), strict=True))
    return tuple(events.get(place, f"column {place}") for place in range(len(columns)))


def csv_movies(file: SourceFile, chosen: Mapping[str, str], rejections: Rejections) -> pd.DataFrame:
    """Films: number and title, perhaps year and genres."""
    columns = header(file)
    places = positions(file.name, columns, ("movie", "title"), chosen, ("year", "genres"))
    return read_movies(file, _split(len(columns), places), UTF_8, rejections, skip=1)


def _split(width: int, places: Mapping[str, int]) -> Split:
    def split(line: str) -> Film:
        fields = csv_fields(line)
        if len(fields) != width:
            raise Unusable(FIELDS)
        found = {key: fields[place] for key, place in places.items()}
        year = release_year(found["title"], found.get("year", ""))
        return Film(found["movie"], found["title"], year, found.get("genres", ""))

    return split


def csv_links(file: SourceFile, movies: pd.DataFrame, rejections: Rejections) -> pd.DataFrame:
    """The films with imdb_id (digits, as in the file) and tmdb_id, missing where not known."""
    columns = header(file)
    places = positions(file.name, columns, ("movie",), {}, ("imdb", "tmdb"))
    known = set(movies["movie_id"])
    links: dict[int, tuple[str | None, int | None]] = {}

    def read(line: bytes) -> None:
        fields = csv_fields(line.decode("ascii", "replace"))
        if len(fields) != len(columns):
            raise Unusable(FIELDS)
        found = {key: fields[place] for key, place in places.items()}
        imdb, tmdb = found.get("imdb", ""), found.get("tmdb", "")
        if (number := movie_number(found["movie"])) not in known:
            raise Unusable(FILM)
        if not all(text == "" or (text.isdecimal() and len(text) <= 10) for text in (imdb, tmdb)):
            raise Unusable(LINK)
        links[number] = imdb or None, movie_number(tmdb) if tmdb else None

    each_line(file, 1, read, rejections)
    found = [links.get(number, (None, None)) for number in movies["movie_id"]]
    imdb, tmdb = zip(*found, strict=True)
    return movies.assign(
        imdb_id=pd.Series(imdb, dtype=object), tmdb_id=pd.Series(tmdb, dtype="Int64")
    )
