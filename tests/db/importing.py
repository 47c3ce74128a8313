"""Small datasets, and what imports left in a database."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.ingest.sources.sample import FrameTable
from db.ingest.sources.source import Piece, Source, Table, TagRows
from db.store.engine import writing


@dataclass(frozen=True)
class InMemoryTable:
    """Pieces of ratings or tags: a Table."""

    file: str
    pieces: Sequence[Piece]

    @property
    def size(self) -> int:
        return sum(piece.read for piece in self.pieces)

    def read(self) -> Iterator[Piece]:
        return iter(self.pieces)


def source(ratings=((1, 10, 4.5, 0),), movies=((10, "A", 1990, "Comedy"),), name="small") -> Source:
    """A dataset of the given rows: user, film, stars, seconds; film, title, year, genres."""
    columns = ["movie_id", "title", "release_year", "genres"]
    films = pd.DataFrame(movies, columns=columns).astype({"release_year": "Int64"})
    given = pd.DataFrame(ratings, columns=["user_id", "movie_id", "rating", "timestamp"])
    return Source(name, FrameTable("frame", given), films)


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
    return InMemoryTable("tags", [Piece(numbers, {}, len(rows))])


def dataset_schemas(connection: Connection) -> list[str]:
    select = r"select nspname from pg_namespace where nspname like 'reelscope\_%' order by 1"
    return connection.scalars(text(select)).all()


def emptied() -> None:
    """Drop everything of ours from the database that DATABASE_URL names."""
    with writing() as connection:
        for schema in ("reelscope", *dataset_schemas(connection)):
            connection.exec_driver_sql(f"drop schema if exists {schema} cascade")
        connection.commit()
