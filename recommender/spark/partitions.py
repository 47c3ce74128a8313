"""Partitions as executors work on them: whole, as columns of numpy's."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from pyspark.sql import DataFrame, Row
from pyspark.sql import functions as f
from pyspark.sql.pandas.types import from_arrow_schema


class Part(NamedTuple):
    """The rows of one partition."""

    number: int
    rows: pa.Table

    def columns(self, *names: str) -> dict[str, np.ndarray]:
        """Of columns without nulls."""
        return {name: self.rows[name].to_numpy() for name in names}


def of_each_part(
    rows: DataFrame, work: Callable[[Part], dict], schema: pa.Schema, at_once: int | None = None
) -> DataFrame:
    """What `work` returns of each partition that has rows, and its number as `part`.

    schema: of what it returns. at_once: how many may be worked on at a time.
    """
    numbered = rows.withColumn("part", f.spark_partition_id())
    if at_once:  # several partitions then come to a task, one after the other
        numbered = numbered.coalesce(at_once)
    schema = schema.insert(0, pa.field("part", pa.int32()))
    return numbered.mapInArrow(_Worker(work, schema), from_arrow_schema(schema))


def each_part(
    rows: DataFrame, work: Callable[[Part], dict], schema: pa.Schema, at_once: int | None = None
) -> list[Row]:
    """The same at once, in the order of partitions."""
    done = of_each_part(rows, work, schema, at_once).collect()
    return sorted(done, key=lambda row: row["part"])


class _Worker:
    """Hands a task's rows to `work`, partition by partition."""

    def __init__(self, work: Callable[[Part], dict], schema: pa.Schema) -> None:
        self.work, self.schema = work, schema

    def __call__(self, batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for part in parts(batches):
            found = {"part": part.number} | self.work(part)
            yield pa.RecordBatch.from_pylist([found], self.schema)


def parts(batches: Iterator[pa.RecordBatch]) -> Iterator[Part]:
    """The partitions that come to a task one after the other; `part` says which row is of which."""
    waiting: list[pa.RecordBatch] = []
    number = -1
    for batch in batches:
        numbers = batch["part"].to_numpy()
        starts = np.flatnonzero(np.diff(numbers, prepend=-1))
        for start, end in zip(starts, [*starts[1:], len(numbers)], strict=True):
            if numbers[start] != number and waiting:
                yield Part(number, pa.Table.from_batches(waiting))
                waiting = []
            number = int(numbers[start])
            waiting.append(batch.slice(start, end - start))
    if waiting:
        yield Part(number, pa.Table.from_batches(waiting))
