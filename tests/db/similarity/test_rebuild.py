"""What is packed from ratings read back is what an import packs while it copies them."""

import pytest
from sqlalchemy import text

from db.ingest.swap import load
from db.similarity import rebuild
from db.similarity.packed_ratings import PACKED
from db.store.engine import writing
from tests.db.importing import source

FILMS = [(n, f"Film {n}", 1990 + n if n % 2 else None, "A|B" if n % 3 else "C") for n in range(8)]
RATINGS = [(user, n, 3.0, 86_400 * 20 * (user + n)) for user in range(0, 50, 5) for n in range(8)]


def contents(connection) -> dict[str, list]:
    return {
        table: connection.execute(text(f"select * from {table} t order by t")).all()
        for table in PACKED
    }


@pytest.mark.parametrize("users", [1, 3, 1000])
def test_as_an_import_packs(scratch, monkeypatch, users):
    monkeypatch.setattr(rebuild, "USERS", users)
    schema = load(source(RATINGS, FILMS)).schema
    with writing() as connection, connection.begin():
        connection.execute(text(f"set local search_path = {schema}"))
        imported = contents(connection)
        rebuild.pack(connection)
        assert contents(connection) == imported
        assert all(imported.values())
