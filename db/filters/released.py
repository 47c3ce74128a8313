"""Films released in some years; of unknown year none."""

import re

import numpy as np
import pandas as pd

from db.filters.filter import Condition, Filter, Range, only, ordered, range_words

YEARS = re.compile(r"([0-9]{4})?(-)?([0-9]{4})?")

YearRange = tuple[int | None, int | None]


def _parse(texts: list[str]) -> YearRange:
    """`1990-1999`, `1990-`, `-1999` or `1990`."""
    match = YEARS.fullmatch(only(texts))
    first, dash, last = match.groups() if match else (None, None, None)
    if not (first or last) or (first and last and not dash):
        raise ValueError
    ends = int(first) if first else None, int(last) if last else None
    return ends if dash else (ends[0], ends[0])


def _write(years: YearRange) -> list[str]:
    return ["-".join("" if year is None else f"{year:04}" for year in years)]


def _conditions(years: YearRange, *_: object) -> list[Condition]:
    first, last = years
    since = Condition({"release_year": "release_year >= :first_release"}, {"first_release": first})
    until = Condition({"release_year": "release_year <= :last_release"}, {"last_release": last})
    return [since] * (first is not None) + [until] * (last is not None)


def _films(years: YearRange, films: pd.DataFrame) -> np.ndarray:
    first, last = years
    year = films["release_year"].astype(float)  # unknown: nan, which no comparison holds for
    low, high = -np.inf if first is None else first, np.inf if last is None else last
    return ((year >= low) & (year <= high)).to_numpy()


RELEASED = Filter(
    key="released",
    name="released",
    noun="release year",
    expected="expected one range of years like 1990-1999",
    parse=_parse,
    write=_write,
    describe=lambda years: f"released {range_words(years)}",
    control=Range(
        "Released",
        "years",
        "-",
        "number",
        ("YYYY", "YYYY"),
        "Years have four digits, like 1994.",
    ),
    canonical=ordered,
    conditions=_conditions,
    films=_films,
)
