"""What a filter is: everything that is known of it in one object."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.store.datasets import Dataset

MAX_VALUE_LENGTH = 4_000  # characters: 62 genre names fit, a megabyte pasted into a URL does not
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(frozen=True)
class Condition:
    """Which films pass, as SQL on whichever of these dimensions a table has.

    sql: condition by dimension, a column of the rollups (see db/queries/rollups.py).
    values: what its :names are bound to.
    """

    sql: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Choices:
    """A list to tick names in. none: what it says where none is ticked.

    names: those that a dataset has. search: those that match a text, for lists too long to be read;
    it is then asked in place of `names`.
    """

    label: str
    none: str
    names: Callable[[Dataset], Sequence[str]] = lambda dataset: ()
    search: Callable[[Connection, str], Sequence[str]] | None = None


@dataclass(frozen=True)
class Range:
    """Two fields, from the first to the last. separator: what stands between them in the URL.

    wanted: what is said at the fields where they hold something else.
    """

    label: str
    unit: str
    separator: str
    input_type: str
    placeholders: tuple[str, str]
    wanted: str


@dataclass(frozen=True)
class Number:
    """One field. wanted: what is said at it where it holds something else."""

    label: str
    placeholder: str
    wanted: str


Control = Choices | Range | Number


def always(dataset: Dataset) -> bool:
    """Of what every dataset has."""
    return True


def _whole(value: Any) -> list[tuple[Any, Any]]:
    return [(value, None)]


def name_by_name(names: tuple[str, ...]) -> list[tuple[Any, Any]]:
    """Each name alone, and the names without it."""
    return [((name,), tuple(other for other in names if other != name)) for name in names]


def _all_known(value: Any, *_: object) -> tuple[Any, list[str]]:
    return value, []


@dataclass(frozen=True)
class Filter:
    """One filter. A value is None, or `unset`, where it narrows nothing.

    key: in the query string. name: the field of RatingFilters. noun: what a value names.
    expected: what is said where a value can't be used.
    parse: the texts given for the key -> value; raises ValueError. write: the reverse.
    canonical: the one form of equal values. describe: in words, such as "released 1990–1999".
    singly: what can be taken away alone of a value, and what then is left of it.
    offered: whether a dataset has what the filter asks about; where not, it has no control.
    known: the part of a value that a dataset knows, spelled as there, and the names it doesn't.
    conditions: which films pass, for SQL. films: the same for plain pandas, a mask of films with
    movie_id, release_year, genres ("A|B") and tags (a set of lower-case texts); it shares nothing
    with `conditions`, so that tests can hold one to the other.
    """

    key: str
    name: str
    noun: str
    expected: str
    parse: Callable[[list[str]], Any]
    write: Callable[[Any], list[str]]
    describe: Callable[[Any], str]
    control: Control
    canonical: Callable[[Any], Any] = lambda value: value
    unset: Any = None
    singly: Callable[[Any], list[tuple[Any, Any]]] = _whole
    offered: Callable[[Dataset], bool] = always
    known: Callable[[Any, Connection, Dataset], tuple[Any, list[str]]] = _all_known
    conditions: Callable[[Any, Connection, Dataset], list[Condition]] = lambda *_: []
    films: Callable[[Any, pd.DataFrame], np.ndarray] | None = None


def only(texts: list[str]) -> str:
    """The one value of a key that may be given once (or repeated alike). Raises ValueError."""
    if len(set(texts)) != 1:
        raise ValueError
    return texts[0]


def ordered(ends: tuple[Any, Any] | None) -> tuple[Any, Any] | None:
    """The range with its ends in order; None where both are open."""
    if ends is None or ends == (None, None):
        return None
    first, last = ends
    swapped = first is not None and last is not None and last < first
    return (last, first) if swapped else (first, last)


def range_words(ends: tuple[Any, Any]) -> str:
    """Such as "1990–1999", "1990", "from 1990" or "until 1999"."""
    first, last = ends
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    return str(first) if first == last else f"{first}–{last}"


def printable(text: str) -> str:
    """A visitor's text, short and printable, to be quoted back."""
    clean = UNPRINTABLE.sub("�", text)
    return clean if len(clean) <= 40 else f"{clean[:39]}…"
