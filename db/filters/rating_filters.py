"""What a visitor has narrowed the ratings to, and its query string, the one place where it lives.

A value that can't be used is dropped and named, and the rest is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self
from urllib.parse import parse_qsl, quote

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.filters.filter import Condition, Filter, printable
from db.filters.genre_filters import GENRES, WITHOUT
from db.filters.min_ratings import MAX_MIN_RATINGS, MIN_RATINGS
from db.filters.rated import RATED
from db.filters.released import RELEASED
from db.filters.tagged import TAGS
from db.store.datasets import Dataset

FILTERS = (GENRES, WITHOUT, RELEASED, RATED, TAGS, MIN_RATINGS)
"""Every filter, in the order of the query string, the sentence and the filter bar."""

BY_NAME = {each.name: each for each in FILTERS}


@dataclass(frozen=True, init=False)
class RatingFilters:
    """The ratings to look at: a field for each of FILTERS, by its name.

    Hashable; equal filters have equal query strings.
    """

    chosen: tuple[tuple[str, Any], ...]
    """Names and values of the fields that are set, in the order of FILTERS."""

    def __init__(self, **values: Any) -> None:
        if unknown := values.keys() - BY_NAME:
            raise TypeError(f"there is no filter {', '.join(unknown)}")
        found = {name: BY_NAME[name].canonical(value) for name, value in values.items()}
        chosen = tuple(
            (each.name, found[each.name])
            for each in FILTERS
            if found.get(each.name) not in (None, each.unset)
        )
        object.__setattr__(self, "chosen", chosen)

    def __getattr__(self, name: str) -> Any:
        if name not in BY_NAME:
            raise AttributeError(name)
        return dict(self.chosen).get(name, BY_NAME[name].unset)

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any] | None) -> tuple[Self, tuple[str, ...]]:
        """Read a query string (or its parsed mapping; a value may be a list).

        Keys that are no filter are ignored. Returns the filters and one plain sentence for each
        value that could not be used. Never raises, whatever the query holds.
        """
        found: dict[str, Any] = {}
        problems: list[str] = []
        values = _values_by_key(query)
        for each in FILTERS:
            texts = [text for text in values.get(each.key, ()) if text != ""]
            if not texts:
                continue
            try:
                found[each.name] = each.parse(texts)
            except ValueError:
                problems.append(f"{each.key}={printable(texts[0])} was left out: {each.expected}.")
        return cls(**found), tuple(problems)

    def to_query(self) -> str:
        """The query string, without "?", in one canonical order; "" for no filters."""
        return "&".join(
            f"{each.key}={quote(text, safe=',', errors='replace')}"
            for each, value in self._set()
            for text in each.write(value)
        )

    def description(self) -> str:
        """Such as "Comedy, released 1990–1999", or "All ratings"."""
        parts = [each.describe(value) for each, value in self._set()]
        return ", ".join(filter(None, parts)) or "All ratings"

    def leaving_out(self, name: str) -> "RatingFilters":
        """All of them but the one of this name."""
        return RatingFilters(**{each: value for each, value in self.chosen if each != name})

    def singly(self) -> list[tuple[str, "RatingFilters"]]:
        """Each single choice in words, such as "Comedy", and the filters without it."""
        return [
            (words, self.having(each.name, left))
            for each, value in self._set()
            for part, left in each.singly(value)
            if (words := each.describe(part))
        ]

    def having(self, name: str, value: Any) -> "RatingFilters":
        """The same with another value of the filter of this name; None for none."""
        return RatingFilters(**(dict(self.chosen) | {name: value}))

    def known_to(
        self, connection: Connection, dataset: Dataset
    ) -> tuple["RatingFilters", tuple[str, ...]]:
        """What the dataset knows of these, spelled as there; the rest is named, a sentence each."""
        values: dict[str, Any] = {}
        problems: list[str] = []
        for each, value in self._set():
            values[each.name], unknown = each.known(value, connection, dataset)
            problems += [
                f"There is no {each.noun} “{printable(name)}” here; it was left out."
                for name in unknown
            ]
        return RatingFilters(**values), tuple(problems)

    def conditions(self, connection: Connection, dataset: Dataset) -> list[Condition]:
        """Which films of the dataset pass, for SQL."""
        return [
            condition
            for each, value in self._set()
            for condition in each.conditions(value, connection, dataset)
        ]

    def passing_films(self, films: pd.DataFrame) -> np.ndarray:
        """The same for plain pandas: a mask of films, as Filter.films takes them."""
        keep = np.ones(len(films), bool)
        for each, value in self._set():
            if each.films is not None:
                keep &= each.films(value, films)
        return keep

    def _set(self) -> list[tuple[Filter, Any]]:
        return [(BY_NAME[name], value) for name, value in self.chosen]


def _values_by_key(query: str | Mapping[str, Any] | None) -> dict[str, list[str]]:
    """Every text given for every key, stripped, in order; "\0" for a value that is no text."""
    if isinstance(query, Mapping):
        pairs = [(k, v) for k, held in query.items() for v in (held if _is_list(held) else [held])]
    else:
        pairs = (
            parse_qsl(query.removeprefix("?"), keep_blank_values=True)
            if isinstance(query, str)
            else []
        )
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if isinstance(key, str) and value is not None:
            found.setdefault(key, []).append(_text(value))
    return found


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _text(value: Any) -> str:
    """A text or whole number as stripped text; a text that no parser takes for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and abs(value) <= MAX_MIN_RATINGS else "\0"
