"""Ratings and films in Parquet, row by row like a CSV: a row's number is its line."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from db.errors import LoadError
from db.ingest.sources.columns import positions
from db.ingest.sources.files import SourceFile, reason
from db.ingest.sources.movie_lines import movies_frame, untitled
from db.ingest.sources.rejections import FILM_NUMBER, SAME_FILM, Rejections
from db.ingest.sources.release_year import release_year
from db.ingest.sources.source import Piece, RatingRows, Table, genre_names
from db.ingest.sources.stars import Scale

BATCH = 1 << 19  # rows
RATING_COLUMNS = ("user", "movie", "rating", "timestamp")
NO_NUMBER = -1  # stands for a missing one, to be rejected as such

ERRORS = (pa.ArrowException, OSError, ValueError, TypeError, MemoryError)


def ratings(file: SourceFile, chosen: Mapping[str, str], scale: Scale) -> Table[RatingRows]:
    """Ratings; numbers of users and films are whole numbers, times are seconds or timestamps."""

    def read() -> Iterator[Piece[RatingRows]]:
        row = 1
        for batch in _batches(file, RATING_COLUMNS, chosen):
            size = batch.num_rows
            half_stars = scale.half_stars_of(_floats(file, batch["rating"]))
            users, movies, seconds = (
                _whole(file, batch[key], key) for key in ("user", "movie", "timestamp")
            )
            lines = np.arange(row, row + size)
            yield Piece(RatingRows(users, movies, half_stars, seconds, lines), {}, size)
            row += size

    with _opened(file) as parquet:
        rows = parquet.metadata.num_rows
        positions(file.name, parquet.schema_arrow.names, RATING_COLUMNS, chosen)
    return Table(file.name, rows, read)


def movies(file: SourceFile, chosen: Mapping[str, str], rejections: Rejections) -> pd.DataFrame:
    """Films: number and title, perhaps year and genres."""
    films: dict[int, tuple] = {}
    row = 0
    for batch in _batches(file, ("movie", "title"), chosen, ("year", "genres")):
        numbers = _whole(file, batch["movie"], "movie").tolist()
        texts = [
            _texts(file, batch[key]) if key in batch.column_names else [""] * batch.num_rows
            for key in ("title", "year", "genres")
        ]
        for number, title, year, genres in zip(numbers, *texts, strict=True):
            row += 1
            if not 0 <= number < 2**31 or number in films:
                why = SAME_FILM if number in films else FILM_NUMBER
                rejections.add(file.name, 1, {why: np.array([row])})
                continue
            rejections.add(file.name, 1, {})
            names = "|".join(genre_names(genres))
            films[number] = (title or untitled(number), release_year(title, year), names)
    if not films:
        raise LoadError(f"{file.name} lists no films.")
    return movies_frame(films)


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


def _batches(
    file: SourceFile,
    needed: Sequence[str],
    chosen: Mapping[str, str],
    optional: Sequence[str] = (),
) -> Iterator[pa.RecordBatch]:
    """Batches of the columns by their keys."""
    with _opened(file) as parquet:
        names = parquet.schema_arrow.names
        found = positions(file.name, names, needed, chosen, optional)
        wanted = [names[place] for place in found.values()]
        for batch in parquet.iter_batches(BATCH, columns=wanted, use_threads=False):
            yield batch.select(wanted).rename_columns(list(found))


def _whole(file: SourceFile, column: pa.Array, key: str) -> np.ndarray:
    """int64; NO_NUMBER where it is missing."""
    if pa.types.is_timestamp(column.type) or pa.types.is_date(column.type):
        column = column.cast(pa.timestamp("s"), safe=False).cast(pa.int64())
    if not pa.types.is_integer(column.type):
        raise LoadError(f"{file.name}: column {key} holds {column.type}, not whole numbers.")
    if pa.types.is_uint64(column.type):
        column = pc.min_element_wise(column, pa.scalar(2**62, pa.uint64()))
    return column.cast(pa.int64()).fill_null(NO_NUMBER).to_numpy(zero_copy_only=False)


def _floats(file: SourceFile, column: pa.Array) -> np.ndarray:
    """float64; NaN where it is missing."""
    kind = column.type
    if not (pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind)):
        raise LoadError(f"{file.name}: column rating holds {kind}, not numbers.")
    return column.cast(pa.float64(), safe=False).fill_null(np.nan).to_numpy(zero_copy_only=False)


def _texts(file: SourceFile, column: pa.Array) -> list[str]:
    try:
        return column.cast(pa.string()).fill_null("").to_pylist()
    except UnicodeDecodeError:
        raise LoadError(f"{file.name} holds text that is not UTF-8.") from None
