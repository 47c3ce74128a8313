"""Rows to PostgreSQL straight from the executors, by COPY: each partition once, whatever happens.

A partition is one transaction, in which it is also marked as written: a task that is repeated, as
after the death of a worker, finds the mark and writes nothing.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

import pyarrow as pa
from pyspark.sql import DataFrame
from sqlalchemy import URL, Connection, NullPool, create_engine, text

from recommender.spark.partitions import Part, each_part

WRITERS = 8  # connections at most
DRIVER = "postgresql+psycopg2"

MARKS = "create table written (step text, part integer, primary key (step, part))"
MARK = text("insert into written values (:step, :part) on conflict do nothing")

WRITTEN = pa.schema({"rows": pa.int64()})

# A connection that its machine's death leaves open would hold its mark for hours
SESSION = """
    set local search_path = {schema};
    set local statement_timeout = 0;
    set local tcp_keepalives_idle = 10;
    set local tcp_keepalives_interval = 5;
    set local tcp_keepalives_count = 3;
"""

Write = Callable[[Connection, Part], None]


@dataclass(frozen=True)
class Target:
    """The schema that is filled."""

    url: URL
    schema: str

    def create_marks(self, connection: Connection) -> None:
        """Before the first copy."""
        with connection.begin():
            connection.exec_driver_sql(SESSION.format(schema=self.schema))
            connection.exec_driver_sql(MARKS)

    def drop_marks(self, connection: Connection) -> None:
        """After the last."""
        with connection.begin():
            connection.exec_driver_sql(f"drop table {self.schema}.written")

    def copy(self, step: str, rows: DataFrame, write: Write) -> None:
        """Hand each partition of rows to `write`, on a worker, in a transaction on the schema."""
        each_part(rows, partial(self._written, step, write), WRITTEN, WRITERS)

    def _written(self, step: str, write: Write, part: Part) -> dict:
        with self._alone(step, part.number) as connection:
            if connection is not None:
                write(connection, part)
        return {"rows": part.rows.num_rows}

    @contextmanager
    def _alone(self, step: str, part: int) -> Iterator[Connection | None]:
        """None where the partition was written before."""
        engine = create_engine(self.url.set(drivername=DRIVER), poolclass=NullPool)
        with engine.begin() as connection:
            connection.exec_driver_sql(SESSION.format(schema=self.schema))
            marked = connection.execute(MARK, {"step": step, "part": part})
            yield connection if marked.rowcount else None
