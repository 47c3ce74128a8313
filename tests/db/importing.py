"""Small datasets, and what imports left in a database."""

import pandas as pd
from sqlalchemy import Connection, text

from db.ingest.sources.sample import frame_table
from db.ingest.sources.source import Source


def source(ratings=((1, 10, 4.5, 0),), movies=((10, "A", 1990, "Comedy"),), name="small") -> Source:
    """A dataset of the given rows: user, film, stars, seconds; film, title, year, genres."""
    columns = ["movie_id", "title", "release_year", "genres"]
    films = pd.DataFrame(movies, columns=columns).astype({"release_year": "Int64"})
    given = pd.DataFrame(ratings, columns=["user_id", "movie_id", "rating", "timestamp"])
    return Source(name, frame_table("frame", given), films)


def dataset_schemas(connection: Connection) -> list[str]:
    select = r"select nspname from pg_namespace where nspname like 'reelscope\_%' order by 1"
    return connection.scalars(text(select)).all()
