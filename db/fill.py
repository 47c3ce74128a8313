"""Fill a dataset's schema from a source: films, ratings, keys and rollups."""

import io
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.binary_copy import copy_in
from db.datasets import schema_of
from db.errors import LoadError
from db.filters import MAX_GENRES
from db.fingerprint import Fingerprint
from db.folding import folded
from db.sources.source import Source, genre_names

Progress = Callable[[str, float], None]

SCHEMA = Path(__file__).with_name("schema.sql")
ROLLUPS = Path(__file__).with_name("rollups.sql")

MEASURES = ("ratings", "half_stars", "squares", *(f"h{value}" for value in range(1, 11)))

EXACT_USERS_UP_TO = 2_000_000  # ratings; past that, charts of users under filters read a sample
SAMPLE_ONE_IN = 20

ESCAPES = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})

HASHED = ("user_id", "movie_id", "rated_at", "half_stars")

SESSION = """
    set local work_mem = '256MB';
    set local maintenance_work_mem = '256MB';
    set local search_path = {schema};
"""

# Nothing points at the dataset yet.
DESCRIBE = text("""
    insert into reelscope.datasets (
        id, name, fingerprint, genres, users_one_in, ratings, first_rating, last_rating,
        users, movies, first_release_year, last_release_year
    )
    select
        :id, :name, :fingerprint, :genres, :users_one_in,
        :ratings, to_timestamp(:first), to_timestamp(:last),
        (select count(*) from user_totals), count(*), min(release_year), max(release_year)
    from movie_totals
""")


@dataclass
class Copied:
    """What was copied into table ratings so far."""

    ratings: int = 0
    first: int = 2**31 - 1
    """Seconds since 1970, as `last`."""
    last: int = 0


def fill(connection: Connection, number: int, source: Source, progress: Progress) -> None:
    """Make dataset `number` from a source, within the caller's transaction.

    Raises: LoadError where the source holds something that can't be stored.
    """
    schema = schema_of(number)
    connection.exec_driver_sql(f"create schema {schema}")
    connection.exec_driver_sql(SESSION.format(schema=schema))
    connection.exec_driver_sql(SCHEMA.read_text())
    fingerprint = Fingerprint()
    genres = _genres(source.movies)
    _copy_text(connection, "genres (genre, name)", enumerate(genres))
    _copy_movies(connection, source.movies, genres)
    fingerprint.add_movies(source.movies)
    copied = _copy_ratings(connection, source, fingerprint, progress)
    users_one_in = 1 if copied.ratings <= EXACT_USERS_UP_TO else SAMPLE_ONE_IN
    _add_up(connection, users_one_in, progress)
    description = {
        "id": number,
        "name": source.name,
        "fingerprint": fingerprint.hexdigest(),
        "genres": genres,
        "users_one_in": users_one_in,
    }
    connection.execute(DESCRIBE, description | asdict(copied))


def _genres(movies: pd.DataFrame) -> list[str]:
    """Names in alphabetical order; the index of each is its bit."""
    genres = sorted({name for listed in movies["genres"] for name in genre_names(listed)})
    if len(genres) > MAX_GENRES:
        raise LoadError(f"Films have {len(genres)} genres; at most {MAX_GENRES} can be told apart.")
    return genres


def _copy_movies(connection: Connection, movies: pd.DataFrame, genres: list[str]) -> None:
    bit = {genre: 1 << i for i, genre in enumerate(genres)}
    _copy_text(
        connection,
        "movies (movie_id, title, release_year, genre_mask, genres, search_text)",
        (
            (
                m.movie_id,
                m.title,
                year,
                sum(bit[g] for g in genre_names(m.genres)),
                m.genres,
                search,
            )
            for m, year, search in _searchable(movies)
        ),
    )


def _searchable(movies: pd.DataFrame) -> Iterable[tuple]:
    """Every film with its release year (None: unknown) and the text by which search finds it."""
    for movie in movies.itertuples(index=False):
        year = None if pd.isna(movie.release_year) else int(movie.release_year)
        said = year is None or str(year) in movie.title
        yield movie, year, folded(movie.title if said else f"{movie.title} {year}")


def _copy_text(connection: Connection, table: str, rows: Iterable[Iterable]) -> None:
    """COPY rows of text and numbers into a table made in this same transaction; None is null."""
    lines = ("\t".join(map(_field, row)) + "\n" for row in rows)
    with connection.connection.cursor() as cursor:
        cursor.copy_expert(f"copy {table} from stdin (freeze)", io.StringIO("".join(lines)))


def _field(value: object) -> str:
    return r"\N" if value is None else str(value).translate(ESCAPES)


def _copy_ratings(
    connection: Connection, source: Source, fingerprint: Fingerprint, progress: Progress
) -> Copied:
    known_movies = source.movies["movie_id"].to_numpy()
    copied = Copied()
    for piece in source.ratings:
        if piece.empty:
            continue
        columns = _columns(piece, known_movies)
        fingerprint.add_ratings(*(columns[name] for name in HASHED))
        copy_in(connection, "ratings", columns)
        copied.ratings += len(piece)
        copied.first = min(copied.first, int(columns["rated_at"].min()))
        copied.last = max(copied.last, int(columns["rated_at"].max()))
        progress("Copying ratings", min(1.0, copied.ratings / max(1, source.size)))
    if not copied.ratings:
        raise LoadError(f"{source.name} has no ratings.")
    return copied


def _columns(piece: pd.DataFrame, known_movies: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of table ratings from a reader's piece."""
    half_stars = piece["rating"].to_numpy() * 2
    if not np.isin(half_stars, np.arange(1, 11)).all():
        raise LoadError("A rating is not between 0.5 and 5 by half stars.")
    if not np.isin(piece["movie_id"].to_numpy(), known_movies).all():
        raise LoadError("A rating is of a film that is not listed.")
    seconds = piece["timestamp"].to_numpy()
    return {
        "user_id": piece["user_id"].to_numpy().astype(np.int32),
        "movie_id": piece["movie_id"].to_numpy().astype(np.int32),
        "rated_at": seconds.astype(np.int32),
        "month": seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int16),
        "half_stars": half_stars.astype(np.int16),
    }


def _add_up(connection: Connection, users_one_in: int, progress: Progress) -> None:
    """Keys and rollups, one statement after the other."""
    sums = ",\n    ".join(f"sum({measure})::integer as {measure}" for measure in MEASURES)
    script = ROLLUPS.read_text().replace("{measures}", sums)
    statements = script.replace("{users_one_in}", str(users_one_in)).split(";\n")
    for done, statement in enumerate(filter(str.strip, statements)):
        progress("Adding up", done / len(statements))
        connection.exec_driver_sql(statement)
    progress("Adding up", 1.0)
