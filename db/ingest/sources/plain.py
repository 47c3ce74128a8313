"""Anyone's ratings: one file of them, and perhaps a list of the films."""

from collections.abc import Mapping, Sequence

from db.ingest.sources import jester, json_records, ml_100k, ml_dat, netflix_prize, parquet
from db.ingest.sources.assembled import FilmFile, RatingFile, assembled
from db.ingest.sources.columns import FILMS_ONLY, OF_FILMS, RATINGS_ONLY
from db.ingest.sources.csv_tables import CsvRatings
from db.ingest.sources.event_layout import event_layout
from db.ingest.sources.files import SourceFile
from db.ingest.sources.film_tables import film_table, films_among
from db.ingest.sources.numbered_films import NumberedFilms
from db.ingest.sources.parts import Parts
from db.ingest.sources.read_as import ReadAs
from db.ingest.sources.source import Source
from db.ingest.sources.stars import STARS, Scale


def read(
    name: str,
    ratings: Sequence[SourceFile],
    movies: SourceFile | None,
    columns: Mapping[str, str],
    scale: Scale,
    read_as: ReadAs,
    beside: Mapping[str, SourceFile] = {},
) -> Source:
    """Ratings of a file, or of its parts.

    Without a list of films, these are called by their numbers, or as the ratings' file says where
    it has a column of titles.

    `columns` says what the files call a column, by its key in `columns.NAMES`; `beside` is as for
    `assembled`.

    Raises: LoadError.
    """
    named = {key: column for key, column in columns.items() if not key.startswith(OF_FILMS)}
    in_ratings = {key: column for key, column in named.items() if key not in FILMS_ONLY}
    in_films = {key: column for key, column in named.items() if key not in RATINGS_ONLY}
    in_films |= {
        key.removeprefix(OF_FILMS): column
        for key, column in columns.items()
        if key.startswith(OF_FILMS)
    }
    films = _films(movies, in_films, read_as) if movies else None
    understood = [_ratings(file, in_ratings, read_as) for file in ratings]
    first = understood[0]
    if films is None and isinstance(first, CsvRatings) and len(understood) == 1:
        films = films_among(first.layout, in_films)
    parts = first if len(understood) == 1 else Parts(name, understood)
    if scale == STARS and jester.is_jester(ratings[0]):
        scale = jester.SCALE
    return assembled(name, parts, films, scale, beside, read_as)


def _ratings(file: SourceFile, columns: Mapping[str, str], read_as: ReadAs) -> RatingFile:
    if _is_parquet(file):
        return parquet.ParquetRatings(file, columns, read_as)
    if netflix_prize.is_netflix(file):
        return netflix_prize.ratings(file, read_as)
    if jester.is_jester(file):
        file = jester.as_table(file)
    if json_records.is_json(file):
        file = json_records.as_table(file)
    return CsvRatings(event_layout(file, columns, read_as))


def _films(file: SourceFile, columns: Mapping[str, str], read_as: ReadAs) -> FilmFile:
    if _is_parquet(file):
        return parquet.ParquetFilms(file, columns, read_as)
    if file.name.endswith(".dat"):
        return NumberedFilms(file, ml_dat.split, ml_dat.ENCODINGS)
    if file.name in netflix_prize.TITLES:
        return NumberedFilms(file, netflix_prize.split, netflix_prize.ENCODINGS)
    if file.name == ml_100k.FILMS:
        return NumberedFilms(file, ml_100k.split, ml_100k.ENCODINGS)
    if json_records.is_json(file):
        file = json_records.as_table(file)
    return film_table(file, columns, read_as)


def _is_parquet(file: SourceFile) -> bool:
    return file.name.endswith((".parquet", ".pq"))
