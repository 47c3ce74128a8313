"""A dataset that is loaded, as a source again: to be added to, or to be laid out anew.

What is asked of its tables is the same in every layout that there was.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection, text

from db.ingest.fingerprint import FILM
from db.ingest.sources.original_ids import Ids
from db.ingest.sources.rejections import Rejected, Rejections
from db.ingest.sources.source import Piece, RatingRows, Source, TagRows
from db.ingest.sources.stars import scale_of
from db.store.binary_copy import copy_out
from db.store.datasets import Dataset, schema_of
from db.store.engine import writing
from db.store.text_copy import select_columns

PIECE = 1 << 19  # rows read at a time
NEXT_RATINGS = """
    select user_id, movie_id, half_stars, rated_at from {schema}.ratings
    where (user_id, movie_id) > (:user, :movie) order by user_id, movie_id limit :rows
"""
TYPES = {
    "user_id": np.int32,
    "movie_id": np.int32,
    "half_stars": np.int16,
    "rated_at": np.int32,
}
TAGS = "select user_id, movie_id, tagged_at, tag from {schema}.tags"
TAG_TYPES = {"user_id": pa.int64(), "movie_id": pa.int64(), "tagged_at": pa.int64()} | {
    "tag": pa.string()
}
COLUMNS = text("""
    select column_name from information_schema.columns
    where table_schema = :schema and table_name = 'movies'
""")
EXISTS = text("select to_regclass(:table) is not null")
MORE = text("select * from reelscope.datasets where id = :id")


@dataclass(frozen=True)
class StoredRatings:
    """A dataset's ratings in order of user and film: a Table."""

    schema: str
    file: str
    size: int

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Piece by piece, through a connection of its own."""
        after, line = {"user": -1, "movie": -1}, 1
        select = NEXT_RATINGS.format(schema=self.schema)
        with writing() as connection:
            while True:
                found = copy_out(connection, select, {**after, "rows": PIECE}, TYPES)
                if not (rows := len(found["user_id"])):
                    return
                columns = [*found.values(), np.arange(line, line + rows)]
                yield Piece(RatingRows(*columns), {}, rows)
                after = {key: int(found[f"{key}_id"][-1]) for key in after}
                line += rows


@dataclass(frozen=True)
class StoredTags:
    """A dataset's tags: a Table."""

    schema: str
    file: str
    size: int

    def read(self) -> Iterator[Piece[TagRows]]:
        """All at once: they are few beside the ratings."""
        with writing() as connection:
            select = TAGS.format(schema=self.schema)
            found = select_columns(connection, select, {}, TAG_TYPES)
        columns = [found[name].to_numpy() for name in TAG_TYPES]
        if found.num_rows:
            columns.append(np.arange(1, found.num_rows + 1))
            yield Piece(TagRows(*columns), {}, found.num_rows)


def stored_source(connection: Connection, dataset: Dataset) -> Source:
    """A dataset as the source that it might have come from.

    Its rejections are those of its imports, which say nothing against reading it again.
    """
    more = connection.execute(MORE, {"id": dataset.id}).one()._mapping
    schema = schema_of(dataset.id)
    movies = stored_movies(connection, schema)
    return Source(
        dataset.name,
        StoredRatings(schema, dataset.name, dataset.ratings),
        movies,
        StoredTags(schema, f"{dataset.name} tags", dataset.tags) if dataset.tags else None,
        rejected_before(more["rejected"]),
        stored_ids(connection, schema, movies),
        any_film=not more["listed"],
        has_times=dataset.has_times,
        scale=scale_of(dataset.scale_low, dataset.scale_high, dataset.scale_step),
        licence=more["licence"],
        history=tuple(more["history"]),
    )


def stored_movies(connection: Connection, schema: str) -> pd.DataFrame:
    """The films, as Source has them, without columns in which nothing stands."""
    there = set(connection.scalars(COLUMNS, {"schema": schema}))
    names = ", ".join(name for name in FILM if name in there)
    movies = pd.read_sql(text(f"select {names} from {schema}.movies order by movie_id"), connection)
    whole = {name: "Int64" for name in ("release_year", "tmdb_id") if name in there}
    movies = movies.astype(whole)
    empty = [name for name in FILM[4:] if name in there and movies[name].isna().all()]
    return movies.drop(columns=empty)


def stored_ids(connection: Connection, schema: str, movies: pd.DataFrame) -> Ids:
    """What ids that are texts became; new ones get the numbers after these."""
    films = movies.get("original_id", pd.Series(dtype=object)).dropna()
    numbers = movies.loc[films.index, "movie_id"].astype(int).tolist()
    return Ids.known(_original_users(connection, schema), dict(zip(films, numbers, strict=True)))


def _original_users(connection: Connection, schema: str) -> dict[str, int]:
    table = f"{schema}.original_users"
    if not connection.scalar(EXISTS, {"table": table}):
        return {}
    rows = connection.execute(text(f"select original_id, user_id from {table}"))
    return {row.original_id: row.user_id for row in rows}


def rejected_before(known: Mapping[str, Any]) -> Rejections:
    """The rejections that the catalogue has."""
    rejections = Rejections()
    rejections.reasons.update(known["reasons"])
    for row in known["first"]:
        first = Rejected(row["file"], row["line"], row["reason"])
        rejections.first.append(first)
        rejections.texts[first] = row.get("text", "")
    return rejections
