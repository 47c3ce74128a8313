"""Small datasets, and what imports left in a database."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.ingest.sources.sample import frame_table
from db.ingest.sources.source import Piece, Source, Table, TagRows
from db.store.engine import writing


def source(ratings=((1, 10, 4.5, 0),), movies=((10, "A", 1990, "Comedy"),), name="small") -> Source:
    """A dataset of the given rows: user, film, stars, seconds; film, title, year, genres."""
    columns = ["movie_id", "title", "release_year", "genres"]
    films = pd.DataFrame(movies, columns=columns).astype({"release_year": "Int64"})
    given = pd.DataFrame(ratings, columns=["user_id", "movie_id", "rating", "timestamp"])
    return Source(name, frame_table("frame", given), films)


def tag_table(tags) -> Table[TagRows]:
    """Tags that are in memory: user, film, text."""
    rows = [(user, film, 0, said, line) for line, (user, film, said) in enumerate(tags, 1)]
    columns = TagRows(*(np.array(column, object) for column in zip(*rows, strict=True)))
    numbers = TagRows(
        *(
            column if name == "texts" else column.astype(np.int64)
            for name, column in columns._asdict().items()
        )
    )
    return Table("tags", len(rows), lambda: iter([Piece(numbers, {}, len(rows))]))


def dataset_schemas(connection: Connection) -> list[str]:
    select = r"select nspname from pg_namespace where nspname like 'reelscope\_%' order by 1"
    return connection.scalars(text(select)).all()


def emptied() -> None:
    """Drop everything of ours from the database that DATABASE_URL names."""
    with writing() as connection:
        for schema in ("reelscope", *dataset_schemas(connection)):
            connection.exec_driver_sql(f"drop schema if exists {schema} cascade")
        connection.commit()
