"""All that a dataset's tables say, whatever the order of rows, and of users in packed arrays."""

from collections import Counter

import numpy as np
from sqlalchemy import Connection, text

from db.similarity.formats import COUNT, MONTH_COUNT, RATER, RATING
from db.similarity.packed_ratings import PACKED

# Of an import, not of its content
OWN = ("id", "name", "loaded_at", "history", "rejected", "kept", "shown_since")


def contents(connection: Connection, schema: str) -> dict[str, Counter]:
    """By table, its rows; packed ones unpacked."""
    connection.execute(text(f"set local search_path = {schema}"))
    tables = connection.scalars(
        text("select tablename from pg_tables where schemaname = :schema"), {"schema": schema}
    )
    plain = {
        table: Counter(map(str, connection.execute(text(f"select * from {table}"))))
        for table in tables
        if table not in PACKED
    }
    return plain | unpacked(connection) | {"described": described(connection, schema)}


def unpacked(connection: Connection) -> dict[str, Counter]:
    (order,) = connection.execute(text("select user_ids, ratings from user_order"))
    users = np.frombuffer(order.user_ids, COUNT)

    def rows(select: str) -> list[tuple]:
        return [(key, bytes(packed)) for key, packed in connection.execute(text(select))]

    def counts(packed: bytes) -> list[tuple]:
        return list(zip(users.tolist(), np.frombuffer(packed, COUNT).tolist(), strict=True))

    def records(packed: bytes, kind: np.dtype) -> list[tuple]:
        return np.frombuffer(packed, kind).tolist()

    vectors = rows("select user_id, films from user_vectors")
    genres = rows("select genre, ratings from user_genres")
    years = rows("select release_year, ratings from user_releases")
    months = rows("select month, ratings from user_months")
    raters = rows("select movie_id, raters from film_raters")
    return {
        "user_order": Counter(counts(order.ratings)),
        "user_vectors": Counter((k, row) for k, p in vectors for row in records(p, RATING)),
        "user_genres": Counter((k, row) for k, p in genres for row in counts(p)),
        "user_releases": Counter((k, row) for k, p in years for row in counts(p)),
        "user_months": Counter(
            (k, users[place], n) for k, p in months for place, n in records(p, MONTH_COUNT)
        ),
        "film_raters": Counter(
            (k, users[place], *given) for k, p in raters for place, *given in records(p, RATER)
        ),
    }


def described(connection: Connection, schema: str) -> Counter:
    select = text("select * from reelscope.datasets where 'reelscope_' || id = :schema")
    row = connection.execute(select, {"schema": schema}).one()._mapping
    found = {name: value for name, value in row.items() if name not in OWN}
    return Counter(
        f"{name}: {bytes(value) if name == 'content_sums' else value}"
        for name, value in found.items()
    )
