"""All that a dataset is made of, whoever made it: equal where two are the same."""

import numpy as np
from sqlalchemy import text

from db.similarity.formats import COUNT, MONTH_COUNT, RATER, RATING
from db.store.engine import dataset, reading

ROLLUPS = (
    *("movie_months", "movie_cumulative", "movie_totals", "mask_months", "mask_years"),
    *("set_months", "set_years"),
    *("genre_sets", "genre_months", "genre_years", "user_totals", "user_ratings"),
)
TABLES = ("ratings", "movies", "genres", "tags", "tag_films", *ROLLUPS)
INDEXES = """
    select regexp_replace(indexdef, 'reelscope_[0-9]+', 'schema') from pg_indexes
    where schemaname = :schema order by 1
"""


def contents() -> dict[str, list]:
    """Every table of the current dataset in a fixed order, its indexes and its description."""
    with reading() as connection:
        found = {
            table: connection.execute(text(f"select * from {table} t order by t")).all()
            for table in TABLES
        }
        found |= unpacked(connection)
        current = dataset(connection)
        found["indexes"] = connection.scalars(text(INDEXES), {"schema": current.schema}).all()
    unequal = {"id", "name", "loaded_at"}
    fields = [name for name in current.__dataclass_fields__ if name not in unequal]
    return found | {name: getattr(current, name) for name in fields}


def unpacked(connection) -> dict[str, list]:
    """What the packed tables say: rows and users may stand in another order."""

    def packed(select: str, kind) -> np.ndarray:
        return np.frombuffer(connection.scalar(text(select)), kind)

    def records(table: str, key: str, value: str, kind) -> list:
        select = f"select {key}, string_agg({value}, ''::bytea) from {table} group by 1 order by 1"
        rows = connection.execute(text(select)).all()
        return [(of, np.frombuffer(bytes(some), kind)) for of, some in rows]

    def of_users(found: list) -> list:
        return [
            (of, sorted((int(users[row[0]]), *row.tolist()[1:]) for row in rows))
            for of, rows in found
        ]

    users = packed("select user_ids from user_order", COUNT)
    order = np.argsort(users)
    counts = {
        table: [(of, rows[order].tolist()) for of, rows in records(table, key, "ratings", COUNT)]
        for table, key in (("user_genres", "genre"), ("user_releases", "release_year"))
    }
    vectors = records("user_vectors", "user_id", "films", RATING)
    return counts | {
        "user_order": [
            users[order].tolist(),
            packed("select ratings from user_order", COUNT)[order].tolist(),
        ],
        "user_months": of_users(records("user_months", "month", "ratings", MONTH_COUNT)),
        "film_raters": of_users(records("film_raters", "movie_id", "raters", RATER)),
        "user_vectors": [(user, sorted(films.tolist())) for user, films in vectors],
    }


def same(expected: dict) -> None:
    """The current dataset is the one that `contents` was of."""
    found = contents()
    for name, value in expected.items():
        assert found[name] == value, name
