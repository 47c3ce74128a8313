"""The words that users gave to films."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd


@dataclass(frozen=True, eq=False)
class Tags:
    """Who called which film what, and when.

    user_ids, movie_ids, seconds (since 1970, UTC), codes: aligned arrays (n_tags,). A code is a
    place in `names`, which are in lower case.
    """

    user_ids: np.ndarray
    movie_ids: np.ndarray
    seconds: np.ndarray
    codes: np.ndarray
    names: list[str]

    @classmethod
    def of(cls, user_ids, movie_ids, seconds, texts) -> Self:
        """From four aligned arrays; texts of str, in any case."""
        codes, different = pd.factorize(np.asarray(texts, object))
        return cls.from_codes(user_ids, movie_ids, seconds, codes, different)

    @classmethod
    def from_codes(cls, user_ids, movie_ids, seconds, codes, texts) -> Self:
        """From codes of texts in any case."""
        lower = pd.Series(texts, dtype=object).str.strip().str.lower()
        places, names = pd.factorize(lower, sort=True)
        users, films, when = (np.asarray(each, np.int64) for each in (user_ids, movie_ids, seconds))
        return cls(users, films, when, places.astype(np.int32)[codes], names.tolist())

    @classmethod
    def joined(cls, pieces: Sequence[tuple]) -> Self:
        """From pieces of such arrays."""
        return cls.of(*map(np.concatenate, zip(*pieces, strict=True))) if pieces else cls.none()

    @classmethod
    def none(cls) -> Self:
        """No tags."""
        empty = np.empty(0, np.int32)
        return cls.of(empty, empty, empty, [])

    def only(self, which: np.ndarray) -> Self:
        """Those that a mask picks; the names stay."""
        users, films = self.user_ids[which], self.movie_ids[which]
        return type(self)(users, films, self.seconds[which], self.codes[which], self.names)

    def of_films(self, movie_ids: np.ndarray) -> list[list[str]]:
        """For each of the films, ascending ids, the distinct names that it was given."""
        places = np.searchsorted(movie_ids, self.movie_ids)
        known = np.isin(self.movie_ids, movie_ids)
        pairs = np.unique(np.column_stack([places[known], self.codes[known]]), axis=0)
        found: list[list[str]] = [[] for _ in movie_ids]
        for place, code in pairs.tolist():
            found[place].append(self.names[code])
        return found
