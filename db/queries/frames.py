"""The rows of a SELECT as a DataFrame whose columns have the right types, even without rows."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
import pyarrow as pa
from sqlalchemy import Connection

from db.store.text_copy import select_columns

COUNTS = (
    *("ratings", "cumulative_ratings", "users", "movies", "rank", "total"),
    *("movie_id", "month", "year", "release_year", "decade", "ratings_from", "ratings_to"),
)
MEASURES = (
    *("average_rating", "standard_deviation", "weighted_score"),
    *("share", "low_share", "high_share", "agreement"),
)
TEXTS = ("title", "genres", "genre", "imdb_id")

TYPES = (
    dict.fromkeys(COUNTS, pa.int64())
    | dict.fromkeys(MEASURES, pa.float64())
    | dict.fromkeys(TEXTS, pa.string())
)
NULLABLE = {pa.int64(): pd.Int64Dtype()}


def frame(connection: Connection, select: str, values: Mapping[str, Any]) -> pd.DataFrame:
    """Run a SELECT with bound values; a column's name says its type (see TYPES)."""
    columns = select_columns(connection, select, values, TYPES)
    return pd.DataFrame({name: _values(name, columns[name]) for name in columns.column_names})


def _values(name: str, column: pa.ChunkedArray) -> Any:
    if name == "month":  # the first day of each, numbered from January 1970
        return column.to_numpy().astype("datetime64[M]").astype("datetime64[s]")
    if name == "release_year":
        return column.to_pandas(types_mapper=NULLABLE.get)
    return column.to_pandas()
