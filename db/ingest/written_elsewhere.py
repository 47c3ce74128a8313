"""A dataset whose ratings and rollups are written by someone else, such as a cluster.

Its tables are those of every dataset: made by SCHEMA and ROLLUPS, then filled from
outside, then given their keys. What was written twice or not at all is found before the flip.
"""

import json
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, text

from db.errors import LoadError
from db.ingest.base_tables import copy_genres, copy_movies
from db.ingest.dataset_tables import DESCRIBE, SESSION, import_of, scale_columns, statements
from db.ingest.sources.rejections import Rejections
from db.ingest.sources.stars import STARS
from db.ingest.tail_fits import describe_tails
from db.similarity import pack
from db.store.datasets import SCHEMA, layout, schema_of, script

CREATES = "create table"


@dataclass(frozen=True)
class Description:
    """What the catalogue says of a dataset."""

    name: str
    fingerprint: str
    genres: list[str]
    ratings: int
    first: int
    """Earliest rating, seconds since 1970."""
    last: int
    users_one_in: int
    rejections: Rejections


# Where the number of all ratings must come out again
TOTALS = """
    select 'ratings', count(*) from ratings
    union all select 'movie_months', sum(ratings) from movie_months
    union all select 'movie_totals', sum(ratings) from movie_totals
    union all select 'mask_months', sum(ratings) from mask_months
    union all select 'mask_years', sum(ratings) from mask_years
    union all select 'set_months', sum(ratings) from set_months
    union all select 'set_years', sum(ratings) from set_years
    union all select 'genre_months', sum(ratings) from genre_months where genre is null
    union all select 'genre_years', sum(ratings) from genre_years where genre is null
    union all select 'user_totals', sum(ratings) from user_totals
"""


def create_tables(
    connection: Connection, number: int, movies: pd.DataFrame, genres: list[str]
) -> None:
    """Films, genres, and all other tables of dataset `number`, empty and without keys.

    movies: as sources.source.Source has them, with genre_mask. Commits, as others fill them.
    """
    with connection.begin():
        connection.exec_driver_sql(f"create schema {schema_of(number)}")
        connection.exec_driver_sql(SESSION.format(schema=schema_of(number)))
        connection.exec_driver_sql(script(SCHEMA))
        copy_genres(connection, genres)
        copy_movies(connection, movies)
        for statement in statements(1):
            if CREATES in statement:
                connection.exec_driver_sql(f"{statement} with no data")


def finish(connection: Connection, number: int, described: Description) -> None:
    """Check what was written, add keys, and describe the dataset. Raises: LoadError."""
    with connection.begin():
        connection.exec_driver_sql(SESSION.format(schema=schema_of(number)))
        _check(connection, described.ratings)
        for statement in statements(described.users_one_in):
            if CREATES not in statement:
                connection.exec_driver_sql(statement)
        pack(connection)
        fields = {name: getattr(described, name) for name in Description.__dataclass_fields__}
        rejected = json.dumps(fields.pop("rejections").as_json())
        more = {
            "id": number,
            "tags": 0,
            "has_times": True,
            "rejected": rejected,
            "layout": layout(),
            "listed": True,
            "content_sums": None,
            "licence": "",
            "history": json.dumps([import_of(described.name, described.ratings)]),
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
