"""What several writers pack, a piece of the users each, is what one import packs."""

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import text

from db.ingest.swap import load
from db.similarity import PACKED, PackedRatings, join_pieces, make_pieces
from db.store.binary_copy import copy_out
from db.store.engine import writing
from tests.db.importing import source

FILMS = [(n, f"Film {n}", 1990 + n if n % 2 else None, "A|B" if n % 3 else "C") for n in range(8)]
RATINGS = [(user, n, 3.0, 86_400 * 20 * (user + n)) for user in range(0, 50, 5) for n in range(8)]
COLUMNS = {"user_id": np.int32, "movie_id": np.int32, "month": np.int16, "half_stars": np.int16}
GIVEN = "select user_id, movie_id, month, half_stars from ratings order by user_id, movie_id"

JOINED = "select {0}, string_agg({1}, ''::bytea order by {1}) from {2} group by 1"
WHOLE = {"user_months": ("month", "ratings"), "film_raters": ("movie_id", "raters")}


def contents(connection) -> dict[str, list]:
    """In order; some tables may have several rows where an import has one."""
    selects = {table: f"select * from {table}" for table in PACKED}
    selects |= {table: JOINED.format(*columns, table) for table, columns in WHOLE.items()}
    return {
        table: connection.execute(text(f"select * from ({select}) t order by t")).all()
        for table, select in selects.items()
    }


@pytest.mark.parametrize("users", [1, 3, 1000])
def test_as_an_import_packs(scratch, users):
    schema = load(source(RATINGS, FILMS)).schema
    with writing() as connection, connection.begin():
        connection.execute(text(f"set local search_path = {schema}"))
        imported = contents(connection)
        ratings = copy_out(connection, GIVEN, {}, COLUMNS)
        movies = pd.read_sql("select movie_id, release_year, genre_mask from movies", connection)
        connection.exec_driver_sql(f"truncate {', '.join(PACKED)}")
        make_pieces(connection)
        each = np.unique(ratings["user_id"])
        for first in reversed(range(0, len(each), users)):  # whoever comes first
            mine = np.isin(ratings["user_id"], each[first : first + users])
            packed = PackedRatings(connection, movies, first)
            packed.add({name: column[mine] for name, column in ratings.items()})
            packed.copy()
        join_pieces(connection)
        assert contents(connection) == imported
        assert all(imported.values())
