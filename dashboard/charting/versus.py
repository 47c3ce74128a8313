"""This against that: a chart's rows under the filters beside those under a second set of them.

Differences are the first set's less the second's. Intervals (95 %) take the ratings as independent
and the sets as of different ratings: where one holds the other, they are wider than they need be.
"""

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd

NORMAL = 1.96
BOTH = "vs_"  # begins the names of the second set's columns
Comparing = Callable[[pd.DataFrame], pd.DataFrame]
"""Of rows side by side, where what one set lacks is missing: difference, and low and high of its
interval where it has one."""


def side_by_side(
    rows: pd.DataFrame, others: pd.DataFrame, keys: Sequence[str], comparing: Comparing
) -> pd.DataFrame:
    """The columns of `rows`, then the second set's as vs_…, then difference and its interval.

    keys: tell rows apart and give their order. rows: of whatever the first or the second set has.
    """
    named = others.rename(columns={name: BOTH + name for name in others if name not in keys})
    both = _perhaps_missing(rows, keys).merge(
        _perhaps_missing(named, keys), on=list(keys), how="outer", sort=True
    )
    names = {"low": "difference_low", "high": "difference_high"}
    return pd.concat([both, comparing(both).rename(columns=names)], axis=1)


def _perhaps_missing(rows: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """The same with whole numbers, keys apart, of a type that can be missing."""
    counts = [name for name in rows.select_dtypes("integer") if name not in keys]
    return rows.astype(dict.fromkeys(counts, "Int64"))


def of_averages(both: pd.DataFrame) -> pd.DataFrame:
    """Of average_rating with its interval low to high. A single rating has none."""
    apart = both["average_rating"] - both[BOTH + "average_rating"]
    half = np.hypot(*((both[f"{of}high"] - both[f"{of}low"]) / 2 for of in ("", BOTH)))
    known = (both["high"] > both["low"]) & (both[BOTH + "high"] > both[BOTH + "low"])
    half = half.where(known)
    return pd.DataFrame({"difference": apart, "low": apart - half, "high": apart + half})


def of_shares(both: pd.DataFrame) -> pd.DataFrame:
    """Of share, all rows being parts of one whole: what a set lacks has the share 0."""
    return _of_shares(both, *(both[f"{of}ratings"].sum() for of in ("", BOTH)))


def of_shares_by_year(both: pd.DataFrame) -> pd.DataFrame:
    """The same where each year is a whole, whose parts may overlap; missing where a set has none.

    What a set lacks of a year that it has is the share 0.
    """
    return _of_shares(
        both,
        *(
            (both[f"{of}ratings"] / both[f"{of}share"]).groupby(both["year"]).transform("max")
            for of in ("", BOTH)
        ),
    )


def _of_shares(both: pd.DataFrame, *wholes: float | pd.Series) -> pd.DataFrame:
    """wholes: the ratings of which each set's rows are shares.

    The interval is Agresti and Caffo's, which holds for few ratings and for none as well:
    https://doi.org/10.1080/00031305.2000.10474560
    """
    shares = [both[f"{of}share"].fillna(0) for of in ("", BOTH)]
    sizes = [pd.Series(whole, both.index, dtype=float).where(lambda n: n > 0) for whole in wholes]
    added = [(share * n + 1) / (n + 2) for share, n in zip(shares, sizes, strict=True)]
    middle = added[0] - added[1]
    half = NORMAL * np.sqrt(
        sum(share * (1 - share) / (n + 2) for share, n in zip(added, sizes, strict=True))
    )
    apart = (shares[0] - shares[1]).where(half.notna())
    return pd.DataFrame({"difference": apart, "low": middle - half, "high": middle + half})


def of_counts(both: pd.DataFrame) -> pd.DataFrame:
    """Of ratings or movies: all are counted, so that a difference has no interval."""
    name = next(each for each in ("ratings", "movies") if each in both)
    first, second = (both[of + name].fillna(0) for of in ("", BOTH))
    return pd.DataFrame({"difference": first - second})
