"""The same PostgreSQL, asked for all ratings: the product's own tables of ratings and films."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from benchmarks.scale.peers.raw_sql import CHARTS, raw_sql
from db.filters.months import MonthRange
from db.store.engine import reading

# Generous to the peer: room to hash 32 million rows, and all the workers that the server has
SESSION = "set local statement_timeout = 0; set local work_mem = '256MB'"


@dataclass(frozen=True)
class RawPostgres:
    """The dataset that was just imported."""

    connection: Connection

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
        rows = self.connection.exec_driver_sql(select.replace("%", "%%"))
        return pd.DataFrame(rows.fetchall(), columns=list(rows.keys()))


@contextmanager
def opened(source: Path, scratch: Path) -> Iterator[RawPostgres]:
    """Its tables are there since the import."""
    with reading() as connection:
        connection.exec_driver_sql(SESSION)
        yield RawPostgres(connection)
