"""Anyone's ratings: one file of them, and perhaps a list of the films."""

from collections.abc import Mapping

from db.ingest.sources import ml_100k, ml_dat, parquet
from db.ingest.sources.assembled import FilmFile, RatingFile, assembled
from db.ingest.sources.columns import FILMS_ONLY, RATINGS_ONLY
from db.ingest.sources.csv_tables import CsvRatings
from db.ingest.sources.event_layout import event_layout
from db.ingest.sources.files import SourceFile
from db.ingest.sources.film_tables import film_table, films_among
from db.ingest.sources.read_as import ReadAs
from db.ingest.sources.source import Source
from db.ingest.sources.stars import Scale


def read(
    name: str,
    ratings: SourceFile,
    movies: SourceFile | None,
    columns: Mapping[str, str],
    scale: Scale,
    read_as: ReadAs,
    beside: Mapping[str, SourceFile] = {},
) -> Source:
    """Ratings of a file; without a list of films, they are called by their numbers, or as the
    ratings' file says where it has a column of titles.

    `columns` says what the files call a column, by its key in `columns.NAMES`; `beside` is as for
    `assembled`.

    Raises: LoadError.
    """
    in_ratings = {key: column for key, column in columns.items() if key not in FILMS_ONLY}
    in_films = {key: column for key, column in columns.items() if key not in RATINGS_ONLY}
    films = _films(movies, in_films, read_as) if movies else None
    if _is_parquet(ratings):
        understood: RatingFile = parquet.ParquetRatings(ratings, in_ratings, read_as)
    else:
        layout = event_layout(ratings, in_ratings, read_as)
        understood = CsvRatings(layout)
        films = films or films_among(layout, in_films)
    return assembled(name, understood, films, scale, beside, read_as)


def _films(file: SourceFile, columns: Mapping[str, str], read_as: ReadAs) -> FilmFile:
    if _is_parquet(file):
        return parquet.ParquetFilms(file, columns, read_as)
    if file.name.endswith(".dat"):
        return ml_dat.DatFilms(file)
    if file.name.endswith(".item"):
        return ml_100k.ItemFilms(file)
    return film_table(file, columns, read_as)


def _is_parquet(file: SourceFile) -> bool:
    return file.name.endswith((".parquet", ".pq"))
