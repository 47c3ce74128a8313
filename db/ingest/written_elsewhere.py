"""A dataset whose ratings are written by someone else, such as a cluster.

Its tables are those of every dataset: made by SCHEMA, then the largest are filled from outside,
then ROLLUPS add up the others here. What was written twice or not at all is found before the flip.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from db.errors import LoadError
from db.ingest.base_tables import copy_genres, copy_movies
from db.ingest.dataset_tables import DESCRIBE, SESSION, scale_columns, statements
from db.ingest.fingerprint import Fingerprint
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.stars import STARS
from db.ingest.tail_fits import describe_tails
from db.ingest.wide_sums import widen
from db.similarity import join_pieces, make_pieces
from db.store.datasets import SCHEMA, layout, schema_of, script


@dataclass(frozen=True)
class Description:
    """What the catalogue says of a dataset."""

    name: str
    fingerprint: Fingerprint
    genres: list[str]
    ratings: int
    tags: int
    first: int
    """Earliest rating, seconds since 1970."""
    last: int
    users_one_in: int
    rejections: Rejections
    listed: bool
    """Whether a list says which films there are."""
    licence: str
    history: Sequence[Mapping[str, Any]]
    """The imports that brought the ratings, oldest first."""


# Where the number of all ratings must come out again
TOTALS = """
    select 'ratings', count(*) from ratings
    union all select 'movie_months', sum(ratings) from movie_months
    union all select 'user_vectors', sum(ratings) from user_vectors
"""


def create_tables(
    connection: Connection, number: int, movies: pd.DataFrame, genres: list[str]
) -> None:
    """Films, genres, and the base tables of dataset `number`, empty and without keys.

    movies: as sources.source.Source has them, with genre_mask. Commits, as others fill them.
    """
    with connection.begin():
        connection.exec_driver_sql(f"create schema {schema_of(number)}")
        connection.exec_driver_sql(SESSION.format(schema=schema_of(number)))
        connection.exec_driver_sql(script(SCHEMA))
        copy_genres(connection, genres)
        copy_movies(connection, movies)
        make_pieces(connection)


def finish(connection: Connection, number: int, described: Description) -> None:
    """Check what was written, add it up, and describe the dataset. Raises: LoadError."""
    with connection.begin():
        connection.exec_driver_sql(SESSION.format(schema=schema_of(number)))
        _check(connection, described.ratings)
        join_pieces(connection)
        wide = widen(connection, described.ratings)
        for statement in statements(described.users_one_in, wide):
            connection.exec_driver_sql(statement)
        fields = {name: getattr(described, name) for name in Description.__dataclass_fields__}
        fingerprint = fields.pop("fingerprint")
        rejected = json.dumps(fields.pop("rejections").as_json())
        more = {
            "id": number,
            "fingerprint": fingerprint.hexdigest(),
            "has_times": True,
            "rejected": rejected,
            "layout": layout(),
            "content_sums": fingerprint.content,
            "history": json.dumps(fields.pop("history")),
        } | scale_columns(STARS)
        connection.execute(DESCRIBE, fields | more)
        describe_tails(connection, number)


def _check(connection: Connection, ratings: int) -> None:
    for table, total in connection.execute(text(TOTALS)):
        if total != ratings:
            raise LoadError(
                f"Nothing was loaded: table {table} has {total or 0:,} ratings of {ratings:,},"
                " as when a task was repeated after an error. Run it again."
            )


def drop(connection: Connection, number: int) -> None:
    """Remove what a failed run has written."""
    with connection.begin():
        connection.exec_driver_sql(f"drop schema if exists {schema_of(number)} cascade")
