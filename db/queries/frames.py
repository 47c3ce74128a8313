"""The rows of a SELECT as a DataFrame whose columns have the right types, even without rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text


def frame(connection: Connection, select: str, values: Mapping[str, Any]) -> pd.DataFrame:
    """Run a SELECT with bound values; a column's name says its type (see KINDS)."""
    result = connection.execute(text(select), values)
    names = tuple(result.keys())
    columns = list(zip(*result.fetchall(), strict=True)) or [()] * len(names)
    return pd.DataFrame(
        {name: KINDS[name](column) for name, column in zip(names, columns, strict=True)}
    )


def _counts(values: Sequence) -> np.ndarray:
    return np.array(values, np.int64)


def _stars(values: Sequence) -> np.ndarray:
    return np.array(values, np.float64)


def _texts(values: Sequence) -> pd.Series:
    return pd.Series(values, dtype="str")


def _years_or_none(values: Sequence) -> pd.Series:
    return pd.Series(values, dtype="Int64")


def _months(values: Sequence) -> np.ndarray:
    """The first day of each month, numbered from January 1970."""
    return np.array(values, np.int64).astype("datetime64[M]").astype("datetime64[s]")


KINDS: dict[str, Callable[[Sequence], Any]] = (
    {
        "month": _months,
        "title": _texts,
        "genres": _texts,
        "genre": _texts,
        "imdb_id": _texts,
        "release_year": _years_or_none,
    }
    | dict.fromkeys(
        (
            "average_rating",
            "standard_deviation",
            "weighted_score",
            "share",
            "low_share",
            "high_share",
        ),
        _stars,
    )
    | dict.fromkeys(
        (
            "ratings",
            "cumulative_ratings",
            "users",
            "movies",
            "year",
            "decade",
            "movie_id",
            "rank",
            "ratings_from",
            "ratings_to",
            "total",
        ),
        _counts,
    )
)
