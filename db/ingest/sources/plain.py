"""Anyone's ratings: one CSV or Parquet file, and perhaps a list of the films."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from db.ingest.sources import ml_100k, ml_dat, parquet
from db.ingest.sources.csv_tables import csv_movies, csv_ratings
from db.ingest.sources.files import SourceFile, single_file
from db.ingest.sources.movie_lines import read_movies
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.source import Source
from db.ingest.sources.stars import Scale


def read(path: Path, movies: Path | None, columns: Mapping[str, str], scale: Scale) -> Source:
    """Ratings of a file; without `movies`, films are called by their numbers.

    `columns` says what the files call a column, by its key in `columns.NAMES`.

    Raises: LoadError.
    """
    rejections = Rejections()
    films = _movies(single_file(movies), columns, rejections) if movies else None
    reader = parquet.ratings if _is_parquet(path.name) else csv_ratings
    return Source(
        path.name, reader(single_file(path), columns, scale), films, rejections=rejections
    )


def _movies(file: SourceFile, columns: Mapping[str, str], rejections: Rejections) -> pd.DataFrame:
    if _is_parquet(file.name):
        return parquet.movies(file, columns, rejections)
    if file.name.endswith(".dat"):
        return read_movies(file, ml_dat.split, ml_dat.ENCODINGS, rejections)
    if file.name.endswith(".item"):
        return read_movies(file, ml_100k.split, ml_dat.ENCODINGS, rejections)
    return csv_movies(file, columns, rejections)


def _is_parquet(name: str) -> bool:
    return name.endswith((".parquet", ".pq"))
