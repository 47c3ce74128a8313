"""Ratings and films in Parquet, row by row like a CSV: a row's number is its line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pyarrow.types as kinds

from db.errors import LoadError
from db.ingest.sources import times
from db.ingest.sources.columns import FILM_NAMES, positions
from db.ingest.sources.event_lines import NOT_STORABLE
from db.ingest.sources.files import SourceFile, reason
from db.ingest.sources.genre_lists import blanks_separate, in_words, listed_genres
from db.ingest.sources.movie_lines import movies_frame, untitled
from db.ingest.sources.odd_events import NO_MOMENT, by_value
from db.ingest.sources.original_ids import LARGEST, Ids, kind_of
from db.ingest.sources.read_as import NO_TIMES, TEXTS, ReadAs
from db.ingest.sources.rejections import FILM_NUMBER, SAME_FILM, Rejections
from db.ingest.sources.release_year import release_year
from db.ingest.sources.source import Piece, RatingRows, Table
from db.ingest.sources.stars import Scale

BATCH = 1 << 19  # rows
SEEN = 5_000  # rows from which a file's habits are told
RATING_COLUMNS = ("user", "movie", "rating", "timestamp")
FILM_COLUMNS = ("movie", "title", "year", "genres")
NO_NUMBER = -1  # stands for a missing one, to be rejected as such

ERRORS = (pa.ArrowException, OSError, ValueError, TypeError, MemoryError)


class ParquetRatings:
    """Ratings of a file, understood."""

    def __init__(self, file: SourceFile, chosen: Mapping[str, str], read_as: ReadAs) -> None:
        """`chosen`: as for `positions`. Raises: LoadError."""
        self.file, self.name = file, file.name
        wanted = RATING_COLUMNS[: 3 if read_as.times == NO_TIMES else 4]
        with _opened(file) as parquet:
            names = parquet.schema_arrow.names
            self.rows = parquet.metadata.num_rows
            self.found = positions(file.name, names, RATING_COLUMNS[:3], chosen, wanted[3:])
            self.columns = {key: names[place] for key, place in self.found.items()}
            seen = _first(parquet, self.columns)
        self.users, self.movies = (
            read_as.ids or kind_of(_id_texts(file, seen[key], key)) for key in ("user", "movie")
        )
        self.seen = _rating_texts(seen["rating"])
        self.text: SourceFile | None = None
        self.times = _form(file, seen.get("timestamp"), read_as)
        self.has_times = self.times != NO_TIMES

    def in_words(self) -> str:
        """What had to be recognised."""
        words = [
            "users' ids as texts" if self.users == TEXTS else "",
            "films' ids as texts" if self.movies == TEXTS else "",
            "" if self.has_times else "no times",
            f"times: {self.times}" if self.has_times and self.times != times.PLAIN else "",
        ]
        return ", ".join(word for word in words if word)

    def ratings(self, ids: Ids, scale: Scale) -> Table[RatingRows]:
        """The table."""
        return ParquetTable(self, ids, scale)

    def seconds(self, batch: pa.RecordBatch) -> np.ndarray:
        """When the ratings of a batch were given, since 1970."""
        if not self.has_times:
            return np.full(batch.num_rows, NO_MOMENT, np.int64)
        column = batch["timestamp"]
        if _is_moment(column.type):
            return _whole(column.cast(pa.timestamp("s"), safe=False).cast(pa.int64()))
        if kinds.is_integer(column.type) and self.times in times.UNITS:
            return _whole(column) // times.UNITS[self.times]
        return by_value(_texts(self.file, column), times.FORMS[self.times])


@dataclass(frozen=True)
class ParquetTable:
    """Ratings of a file in batches: a Table."""

    found: ParquetRatings
    ids: Ids
    scale: Scale

    @property
    def file(self) -> str:
        """The file's name."""
        return self.found.name

    @property
    def size(self) -> int:
        """Rows."""
        return self.found.rows

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Batch by batch."""
        file, ids, row = self.found.file, self.ids, 1
        for batch in _batches(file, self.found.columns):
            rows = RatingRows(
                _ids(file, batch["user"], "user", ids.user if ids.users else None),
                _ids(file, batch["movie"], "movie", ids.film if ids.films else None),
                _half_stars(file, batch["rating"], self.scale),
                self.found.seconds(batch),
                np.arange(row, row + batch.num_rows),
            )
            yield Piece(rows, {}, batch.num_rows)
            row += batch.num_rows


class ParquetFilms:
    """A list of films, understood: number and title, perhaps year and genres."""

    def __init__(self, file: SourceFile, chosen: Mapping[str, str], read_as: ReadAs) -> None:
        """`chosen`: as for `positions`. Raises: LoadError."""
        self.file, self.name = file, file.name
        with _opened(file) as parquet:
            names = parquet.schema_arrow.names
            found = positions(
                file.name, names, FILM_COLUMNS[:2], chosen, FILM_COLUMNS[2:], FILM_NAMES
            )
            self.columns = {key: names[place] for key, place in found.items()}
            self.first = _first(parquet, self.columns)
        self.text: SourceFile | None = None
        self.kind = read_as.ids or kind_of(_id_texts(file, self.first["movie"], "movie"))

    def _listed(self) -> list[str]:
        genres = self.first.get("genres")
        if genres is None or kinds.is_nested(genres.type):
            return []
        return _texts(self.file, genres)

    def in_words(self) -> str:
        """What had to be recognised."""
        ids = "films' ids as texts" if self.kind == TEXTS else ""
        return ", ".join(word for word in (ids, in_words(self._listed())) if word)

    def frame(self, number: Callable[[str], int], rejections: Rejections) -> pd.DataFrame:
        """The films."""
        films: dict[int, tuple] = {}
        blanks = blanks_separate(self._listed())
        for row, (film, title, year, genres) in enumerate(self._rows(number), 1):
            if not 0 <= film <= LARGEST or film in films:
                why = SAME_FILM if film in films else FILM_NUMBER
                rejections.add(self.name, 1, {why: np.array([row])})
                continue
            rejections.add(self.name, 1, {})
            released = release_year(title, year)
            films[film] = (title or untitled(film), released, listed_genres(genres, blanks))
        if not films:
            raise LoadError(f"{self.name} lists no films.")
        return movies_frame(films)

    def _rows(self, number: Callable[[str], int]) -> Iterator[tuple]:
        for batch in _batches(self.file, self.columns):
            films = [number(text) for text in _id_texts(self.file, batch["movie"], "movie")]
            empty = [""] * batch.num_rows
            columns: list[Sequence] = [
                _texts(self.file, batch[key]) if key in self.columns else empty
                for key in ("title", "year")
            ]
            listed = self._genres(batch["genres"]) if "genres" in self.columns else empty
            yield from zip(films, *columns, listed, strict=True)

    def _genres(self, column: pa.Array) -> list:
        nested = kinds.is_nested(column.type)
        return column.to_pylist() if nested else _texts(self.file, column)


@contextmanager
def _opened(file: SourceFile) -> Iterator[pq.ParquetFile]:
    """Raises: LoadError, also where the file turns out damaged while it is being read."""
    with file.open() as stream:
        try:
            # No page index, no prefetch: memory holds a batch, not a group of rows
            yield pq.ParquetFile(stream, buffer_size=1 << 20, pre_buffer=False)
        except ERRORS as error:
            message = f"{file.name} is no Parquet file, or a damaged one: {reason(error)}."
            raise LoadError(message) from error


def _batches(file: SourceFile, columns: Mapping[str, str]) -> Iterator[pa.RecordBatch]:
    """Batches of the columns by their keys."""
    with _opened(file) as parquet:
        for batch in parquet.iter_batches(BATCH, columns=[*columns.values()], use_threads=False):
            yield batch.select([*columns.values()]).rename_columns(list(columns))


def _first(parquet: pq.ParquetFile, columns: Mapping[str, str]) -> dict[str, pa.Array]:
    """The first rows of the columns, by key."""
    names = [*columns.values()]
    for batch in parquet.iter_batches(SEEN, columns=names, use_threads=False):
        return {key: batch[name] for key, name in columns.items()}
    fields = {key: parquet.schema_arrow.field(name).type for key, name in columns.items()}
    return {key: pa.array([], kind) for key, kind in fields.items()}


def _form(file: SourceFile, column: pa.Array | None, read_as: ReadAs) -> str:
    """A form of times.FORMS, or NO_TIMES."""
    if column is None or (len(column) and column.null_count == len(column)):
        return NO_TIMES
    if _is_moment(column.type):
        return times.PLAIN
    return read_as.times or times.form_of(_texts(file, column), file.name)


def _is_moment(kind: pa.DataType) -> bool:
    return kinds.is_timestamp(kind) or kinds.is_date(kind)


def _ids(
    file: SourceFile, column: pa.Array, key: str, number: Callable[[str], int] | None
) -> np.ndarray:
    """int64; out of range where there is none."""
    if number is None and kinds.is_integer(column.type):
        return _whole(column)
    return by_value(_id_texts(file, column, key), number or Ids().user)


def _id_texts(file: SourceFile, column: pa.Array, key: str) -> list[str]:
    """Raises: LoadError where a column of that type can't hold ids."""
    kind = column.type
    of_numbers = kinds.is_integer(kind) or kinds.is_floating(kind) or kinds.is_decimal(kind)
    if not (of_numbers or _is_text(kind)):
        raise LoadError(f"{file.name}: column {key} holds {kind}, not ids.")
    if kinds.is_floating(kind):
        return [f"{value:.1f}" if value == value else "" for value in _floats(column).tolist()]
    return _texts(file, column)


def _rating_texts(column: pa.Array) -> list[str]:
    """Numbers as they would stand in a CSV; none where the column can't hold ratings."""
    try:
        values = column.cast(pa.float64(), safe=False).drop_null().to_pylist()
    except ERRORS:
        return []
    return [f"{value:.9f}".rstrip("0") for value in values if value == value]


def _is_text(kind: pa.DataType) -> bool:
    values = kind.value_type if kinds.is_dictionary(kind) else kind
    return kinds.is_string(values) or kinds.is_large_string(values) or kinds.is_string_view(values)


def _whole(column: pa.Array) -> np.ndarray:
    """int64; NO_NUMBER where it is missing."""
    if kinds.is_uint64(column.type):
        column = pc.min_element_wise(column, pa.scalar(NOT_STORABLE, pa.uint64()))
    return column.cast(pa.int64()).fill_null(NO_NUMBER).to_numpy(zero_copy_only=False)


def _half_stars(file: SourceFile, column: pa.Array, scale: Scale) -> np.ndarray:
    kind = column.type
    if _is_text(kind):
        return by_value(_texts(file, column), scale.half_stars).astype(np.int16)
    if not (kinds.is_integer(kind) or kinds.is_floating(kind) or kinds.is_decimal(kind)):
        raise LoadError(f"{file.name}: column rating holds {kind}, not numbers.")
    return scale.half_stars_of(_floats(column))


def _floats(column: pa.Array) -> np.ndarray:
    """float64; NaN where it is missing."""
    return column.cast(pa.float64(), safe=False).fill_null(np.nan).to_numpy(zero_copy_only=False)


def _texts(file: SourceFile, column: pa.Array) -> list[str]:
    """Raises: LoadError."""
    if kinds.is_dictionary(column.type):
        column = column.dictionary_decode()
    try:
        return column.cast(pa.string()).fill_null("").to_pylist()
    except UnicodeDecodeError:
        raise LoadError(f"{file.name} holds text that is not UTF-8.") from None
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise LoadError(f"{file.name}: a column holds {column.type}, not text.") from None
