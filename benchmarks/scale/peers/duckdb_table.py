"""DuckDB on its own table of all ratings."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd

from benchmarks.scale.peers.movie_file import movies
from benchmarks.scale.peers.raw_sql import CHARTS, raw_sql
from db.filters.months import MonthRange

RATINGS = """
    create table ratings as
    select "userId"::integer as user_id, "movieId"::integer as movie_id,
        date_diff('month', timestamp '1970-01-01', make_timestamp("timestamp" * 1000000))::smallint
            as month,
        (2 * rating)::smallint as half_stars
    from read_csv(?, header = true, columns = {
        'userId': 'integer', 'movieId': 'integer', 'rating': 'float', 'timestamp': 'bigint'
    })
"""


@dataclass(frozen=True)
class DuckDB:
    """A database file."""

    connection: duckdb.DuckDBPyConnection

    @property
    def charts(self) -> Collection[str]:
        return CHARTS

    def answer(
        self,
        chart: str,
        films: np.ndarray | None,
        rated: MonthRange | None,
        movie: int,
        order: Sequence[str],
        limit: int | None,
    ) -> pd.DataFrame:
        select = raw_sql(chart, films, rated, movie, order, limit)
        return self.connection.execute(select).df()


@contextmanager
def opened(source: Path, scratch: Path) -> Iterator[DuckDB]:
    with duckdb.connect(str(scratch / "ratings.duckdb")) as connection:
        connection.execute(RATINGS, [str(source / "ratings.csv")])
        connection.register("movie_file", movies(source).drop(columns="tags"))
        connection.execute("create table movies as select * from movie_file")
        yield DuckDB(connection)
