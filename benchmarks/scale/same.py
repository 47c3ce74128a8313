"""Whether two answers hold the same numbers."""

import numpy as np
import pandas as pd

RELATIVE = 1e-9
OF_FILMS = ("title", "release_year", "genres")  # texts that a film's id stands for
OWN = ("users_low", "users_high", "agreement", "low", "high")  # what peers are not asked for
ABSOLUTE = 1e-6  # a standard deviation is a root: near zero, rounding shows


def difference(ours: pd.DataFrame, theirs: pd.DataFrame, keys: tuple[str, ...]) -> str | None:
    """What differs first, in words; None where all numbers are the same.

    Rows may come in any order. OF_FILMS and OWN are not compared.
    """
    numbers = [name for name in ours if name not in OF_FILMS + OWN]
    if set(numbers) != set(theirs):
        return f"columns {sorted(theirs)} instead of {sorted(numbers)}"
    if len(ours) != len(theirs):
        return f"{len(theirs)} rows instead of {len(ours)}"
    ours, theirs = (_in_order(rows[numbers], keys) for rows in (ours, theirs))
    for name in numbers:
        if not _equal(ours[name], theirs[name]):
            return f"column {name}"
    return None


def _in_order(rows: pd.DataFrame, keys: tuple[str, ...]) -> pd.DataFrame:
    plain = pd.DataFrame({name: _plain(column) for name, column in rows.items()})
    return plain.sort_values([key for key in keys if key in plain], ignore_index=True)


def _plain(column: pd.Series) -> pd.Series:
    """Months as numbers from January 1970, other numbers as floats, texts as they are."""
    if pd.api.types.is_datetime64_any_dtype(column):
        return pd.Series(column.to_numpy().astype("datetime64[M]").astype(float))
    if column.name == "genre":
        return column.astype(str).reset_index(drop=True)
    return column.astype(float).reset_index(drop=True)


def _equal(ours: pd.Series, theirs: pd.Series) -> bool:
    if ours.name == "genre":
        return bool((ours == theirs).all())
    return np.allclose(ours, theirs, rtol=RELATIVE, atol=ABSOLUTE)
