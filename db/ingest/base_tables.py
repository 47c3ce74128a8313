"""The base tables of one dataset, copied from a source row by row: ratings, films and tags."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from db.errors import LoadError
from db.filters.genre_filters import MAX_GENRES
from db.home import home
from db.ingest.fingerprint import Fingerprint
from db.ingest.movie_months import MovieMonths
from db.ingest.sources.accepted import accepted_ratings, accepted_tags
from db.ingest.sources.movie_lines import unlisted_movies
from db.ingest.sources.source import RatingRows, Source, TagRows, genre_names
from db.ingest.tag_films import TagFilms
from db.similarity import PackedRatings
from db.store.binary_copy import copy_in
from db.store.folding import folded
from db.store.text_copy import copy_columns, copy_rows

Progress = Callable[[str, float], None]

# Columns of table movies: the source's, and those made from them
MOVIE = (
    *("movie_id", "title", "release_year", "genres", "imdb_id", "tmdb_id", "original_id"),
    *("genre_mask", "search_text"),
)

HASHED = ("user_id", "movie_id", "rated_at", "half_stars")  # into the fingerprint

NO_FILMS = pd.DataFrame(columns=["movie_id", "release_year", "genre_mask"], dtype="Int64")


@dataclass
class BaseTables:
    """Fills tables that were made in this same transaction.

    Raises: LoadError where more than the share `max_rejected` of a file's rows can't be used, where
    there are no ratings, and where there are more genres than can be told apart.
    """

    connection: Connection
    source: Source
    max_rejected: float
    progress: Progress
    fingerprint: Fingerprint = field(default_factory=Fingerprint)
    ratings: int = 0
    tags: int = 0
    first: int = 2**31 - 1
    """Earliest rating, seconds since 1970."""
    last: int = 0
    months: MovieMonths = field(default_factory=MovieMonths)
    packed: PackedRatings = field(init=False)
    tag_films: TagFilms = field(default_factory=TagFilms)
    rated: set[int] = field(default_factory=set)
    """Films rated; kept only where no list says which films there are."""

    def copy(self) -> list[str]:
        """Fill all of them. Returns the names of the genres."""
        self._check_rejected()  # films and links were read already
        listed = self.source.movies
        genres = [] if listed is None else genres_of(listed)  # too many? then say so now
        films = NO_FILMS if listed is None else with_masks(listed, genres)
        self.packed = PackedRatings(self.connection, films)
        self._copy_all_ratings()
        self.packed.copy()
        self._copy_movies(
            unlisted_movies(self.rated, self.source.ids) if listed is None else listed, genres
        )
        self._copy_all_tags()
        if users := self.source.ids.users:
            rows = ((number, name) for name, number in users.numbers.items())
            copy_rows(self.connection, "original_users (user_id, original_id)", rows)
        return genres

    def _copy_all_ratings(self) -> None:
        table = self.source.ratings
        for rows in accepted_ratings(self.source, home()):
            self._copy_ratings(rows)
            self.progress("Copying ratings", min(1.0, self.ratings / max(1, table.size)))
        self._check_rejected()
        if not self.ratings:
            raise LoadError(f"{table.file} has no ratings.")

    def _check_rejected(self) -> None:
        self.source.check(self.max_rejected)

    def _copy_ratings(self, rows: RatingRows) -> None:
        seconds = rows.seconds
        columns = rating_columns(rows)
        self.fingerprint.add_ratings(*(columns[name] for name in HASHED))
        self.months.add(columns["movie_id"], columns["month"], columns["half_stars"])
        copy_in(self.connection, "ratings", columns)
        self.packed.add(columns)
        self.ratings += len(seconds)
        self.first = min(self.first, int(seconds.min()))
        self.last = max(self.last, int(seconds.max()))
        if self.source.movies is None:
            self.rated.update(np.unique(rows.movie_ids).tolist())

    def _copy_movies(self, movies: pd.DataFrame, genres: list[str]) -> None:
        self.fingerprint.add_movies(movies)
        movies = with_masks(movies, genres)
        copy_genres(self.connection, genres)
        copy_movies(self.connection, movies)
        self.months.copy(self.connection, movies)
        self.months = MovieMonths()  # 0.2 GB of 32 million ratings, while tags come

    def _copy_all_tags(self) -> None:
        size = self.source.tags.size if self.source.tags else 0
        for rows in accepted_tags(self.source):
            self._copy_tags(rows)
            self.progress("Copying tags", min(1.0, self.tags / max(1, size)))
        self.tag_films.copy(self.connection)
        self._check_rejected()

    def _copy_tags(self, rows: TagRows) -> None:
        ids = (column.astype(np.int32) for column in (rows.user_ids, rows.movie_ids, rows.seconds))
        columns = pa.table([*ids, rows.texts], names=["user_id", "movie_id", "tagged_at", "tag"])
        self.tag_films.add(rows.movie_ids, rows.texts)
        self.fingerprint.add_tags(rows.user_ids, rows.movie_ids, rows.seconds, rows.texts)
        copy_columns(self.connection, "tags (user_id, movie_id, tagged_at, tag)", columns)
        self.tags += len(rows.lines)


def rating_columns(rows: RatingRows) -> dict[str, np.ndarray]:
    """Ratings as table ratings has them."""
    return {
        "user_id": rows.user_ids.astype(np.int32),
        "movie_id": rows.movie_ids.astype(np.int32),
        "rated_at": rows.seconds.astype(np.int32),
        "month": months_of(rows.seconds),
        "half_stars": rows.half_stars.astype(np.int16),
    }


def months_of(seconds: np.ndarray) -> np.ndarray:
    """Months since January 1970 (UTC) of seconds since then."""
    return seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int16)


def genres_of(movies: pd.DataFrame) -> list[str]:
    """Names in alphabetical order; the index of each is its bit. Raises: LoadError."""
    genres = sorted({name for listed in movies["genres"] for name in genre_names(listed)})
    if len(genres) > MAX_GENRES:
        raise LoadError(f"Films have {len(genres)} genres; at most {MAX_GENRES} can be told apart.")
    return genres


def copy_genres(connection: Connection, genres: list[str]) -> None:
    """Fill table genres, made in this same transaction."""
    copy_rows(connection, "genres (genre, name)", enumerate(genres))


def copy_movies(connection: Connection, movies: pd.DataFrame, new: bool = True) -> None:
    """Append to table movies; `new`: as for copy_rows. movies have genre_mask."""
    copy_rows(connection, f"movies ({', '.join(MOVIE)})", _movie_rows(movies), new)


def genre_masks(listed: pd.Series, genres: list[str]) -> list[int]:
    """For each film, one bit for each of its genres."""
    bits = {genre: 1 << i for i, genre in enumerate(genres)}
    return [sum(bits[name] for name in genre_names(names)) for names in listed]


def with_masks(movies: pd.DataFrame, genres: list[str]) -> pd.DataFrame:
    """The films with genre_mask."""
    return movies.assign(genre_mask=genre_masks(movies["genres"], genres))


def _movie_rows(movies: pd.DataFrame) -> Iterator[tuple]:
    """Every film as table movies has it; a film is found by its title, year and original id."""
    known = movies.reindex(columns=MOVIE[:-1]).astype(object)
    for film in known.where(known.notna(), None).itertuples(index=False):
        year = film.release_year
        said = year is None or str(year) in film.title
        words = [film.title, None if said else str(year), film.original_id]
        yield (*film, folded(" ".join(word for word in words if word)))
