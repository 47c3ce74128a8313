"""Films out of text files: one line each."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from db.errors import LoadError
from db.ingest.sources.blocks import blocks
from db.ingest.sources.checks import LARGEST
from db.ingest.sources.event_lines import DIGITS, decoded
from db.ingest.sources.files import SourceFile
from db.ingest.sources.original_ids import NO_TEXTS, Ids
from db.ingest.sources.rejections import FILM_NUMBER, SAME_FILM, Rejections, Unusable
from db.ingest.sources.source import genre_names

IMDB = r"tt[0-9]{1,10}"
MOST_BYTES = 500 << 20  # of a list of films; ml-32m's has 4 MB


class Film(NamedTuple):
    """One line, as it stands in the file but for the release year."""

    number: str
    title: str
    release_year: int | None
    genres: str


Split = Callable[[str], Film]
"""Takes a line apart. Raises: Unusable."""


def read_movies(
    file: SourceFile,
    split: Split,
    encodings: tuple[str, ...],
    rejections: Rejections,
    skip: int = 0,
) -> pd.DataFrame:
    """movie_id, title, release_year, genres of every film after the first `skip` lines."""
    if file.size > MOST_BYTES:
        raise LoadError(f"{file.name} is too large for a list of films ({file.size:,} bytes).")
    films: dict[int, tuple] = {}

    def read(line: bytes) -> None:
        film = split(decoded(line, encodings))
        number = movie_number(film.number)
        if number in films:
            raise Unusable(SAME_FILM)
        title = film.title if film.title.strip() else untitled(number)
        films[number] = (title, film.release_year, "|".join(genre_names(film.genres)))

    each_line(file, skip, read, rejections)
    if not films:
        raise LoadError(f"{file.name} lists no films.")
    return movies_frame(films)


def movies_frame(films: dict[int, tuple]) -> pd.DataFrame:
    """From title, release year and genres by number."""
    titles, years, genres = zip(*films.values(), strict=True)
    return pd.DataFrame(
        {
            "movie_id": np.array(list(films), np.int64),
            "title": pd.Series(titles, dtype=object),
            "release_year": pd.Series(years, dtype="Int64"),
            "genres": pd.Series(genres, dtype=object),
        }
    )


def unlisted_movies(numbers: Iterable[int], ids: Ids = NO_TEXTS) -> pd.DataFrame:
    """The films of ratings that no list of films goes with, each called by its id."""
    films = sorted({int(number) for number in numbers})
    names = ids.films.originals() if ids.films else {}
    movies = movies_frame({film: (untitled(names.get(film, film)), None, "") for film in films})
    return with_originals(movies, ids)


def with_originals(movies: pd.DataFrame, ids: Ids) -> pd.DataFrame:
    """The films with original_id, and with the imdb_id that it is, where ids are texts."""
    if ids.films is None:
        return movies
    texts = movies["movie_id"].map(ids.films.originals()).astype(object)
    if texts.str.fullmatch(IMDB).all():
        movies = movies.assign(imdb_id=texts.str.removeprefix("tt").astype(object))
    return movies.assign(original_id=texts)


def movie_number(text: str) -> int:
    """Raises: Unusable."""
    if not DIGITS.fullmatch(text) or len(text) > 10 or not 0 <= int(text) <= LARGEST:
        raise Unusable(FILM_NUMBER)
    return int(text)


def usable_number(number: int) -> int:
    """The same. Raises: Unusable where no film can have it."""
    if not 0 <= number <= LARGEST:
        raise Unusable(FILM_NUMBER)
    return number


def untitled(number: int | str) -> str:
    """What a film without title is called."""
    return f"(untitled film {number})"


def each_line(
    file: SourceFile, skip: int, read: Callable[[bytes], None], rejections: Rejections
) -> None:
    """Hand every line that is not empty to `read`; those it finds unusable are rejected.

    Raises: LoadError where the last line lacks its line feed and is unusable: it was cut short.
    """
    with file.open() as stream:
        for block in blocks(stream, file.name, skip):
            for number, line in enumerate(block.data.split(b"\n"), block.line):
                if not (line := line.removesuffix(b"\r")):
                    continue
                try:
                    read(line)
                except Unusable as unusable:
                    if not block.ends_properly and number == block.line + block.lines - 1:
                        raise LoadError(
                            f"{file.name} is not complete: it ends in the middle of"
                            f" line {number:,}."
                        ) from None
                    rejections.add(file.name, 1, {str(unusable): np.array([number])})
                else:
                    rejections.add(file.name, 1, {})
