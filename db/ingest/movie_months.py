"""Ratings by film and month, the rollup that all others but those by user are made from.

Counted in memory while ratings are copied, as that costs a second or two of a processor that would
wait for the database; adding 32 million rows up in SQL took both processors 20 s. What is kept is
one number for each film, month and value that occurs (10 million of them for 32 million ratings).
"""

from collections.abc import Collection, Iterator

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.ingest.wide_sums import LARGEST, widen_months
from db.store.binary_copy import copy_in

BATCH = 1 << 23  # ratings to sort at a time
CHUNK = 1 << 18  # rows to copy at a time

# A key is month << 36 | movie_id << 4 | half_stars, so that sorting it sorts the table.
MONTH, MOVIE, HALF_STARS = 36, 4, 15

VALUES = np.arange(1, 11)

# What a row's sums are at most where each value comes once
AT_MOST = {"ratings": len(VALUES), "half_stars": VALUES.sum(), "squares": (VALUES**2).sum()}


class MovieMonths:
    """Counts ratings and then fills table movie_months."""

    def __init__(self) -> None:
        self.keys = np.empty(0, np.int64)
        """Sorted, each once."""
        self.counts = np.empty(0, np.int32)
        """Ratings by key."""
        self.waiting: list[np.ndarray] = []

    def add(self, movie_ids: np.ndarray, months: np.ndarray, half_stars: np.ndarray) -> None:
        """Count ratings; months since January 1970, half_stars 1 to 10."""
        films = movie_ids.astype(np.int64) << MOVIE
        self.waiting.append(months.astype(np.int64) << MONTH | films | half_stars)
        if sum(map(len, self.waiting)) >= BATCH:
            self._merge()

    def _merge(self) -> None:
        """Add what is waiting to the counts."""
        keys = np.concatenate(self.waiting)
        self.waiting.clear()
        keys.sort()
        starts = _starts(keys)
        self.add_counts(keys[starts], np.diff(starts, append=len(keys)).astype(np.int32))

    def counted(self) -> tuple[np.ndarray, np.ndarray]:
        """Keys, ascending, and how many ratings each has."""
        if self.waiting:
            self._merge()
        return self.keys, self.counts

    def add_counts(self, keys: np.ndarray, counts: np.ndarray) -> None:
        """Add what another has `counted`."""
        places = np.searchsorted(self.keys, keys)
        known = np.zeros(len(keys), bool)
        inside = places < len(self.keys)
        known[inside] = self.keys[places[inside]] == keys[inside]
        self.counts[places[known]] += counts[known]
        new = ~known
        self.counts = np.insert(self.counts, places[new], counts[new])
        self.keys = np.insert(self.keys, places[new], keys[new])

    def copy(self, connection: Connection, movies: pd.DataFrame, new: bool = True) -> None:
        """Append to the table; new: as for copy_in.

        movies: movie_id, release_year (Int64, missing: unknown) and genre_mask of every film.
        """
        self.counted()
        wide = self._room(connection)
        films = movies.sort_values("movie_id")
        years = films["release_year"].fillna(0).to_numpy(np.int16)
        masks = films["genre_mask"].to_numpy(np.int64)
        ids = films["movie_id"].to_numpy()
        for columns in self._rows(wide):
            places = np.searchsorted(ids, columns["movie_id"])
            columns |= {"genre_mask": masks[places], "release_year": years[places]}
            known = columns["release_year"] != 0
            copy_in(connection, "movie_months", _only(columns, known), new)
            del columns["release_year"]  # a column that is not named is null
            copy_in(connection, "movie_months", _only(columns, ~known), new)

    def _room(self, connection: Connection) -> set[str]:
        """Which columns have 64 bits: those that these counts may need, and others' in Spark."""
        most = int(self.counts.max(initial=0))
        needed = [name for name, each in AT_MOST.items() if most * each > LARGEST]
        return widen_months(connection, needed)

    def _rows(self, wide: Collection[str]) -> Iterator[dict[str, np.ndarray]]:
        """Pieces of the table, by month and film."""
        kinds = {name: np.int64 if name in wide else np.int32 for name in AT_MOST}
        starts = np.append(_starts(self.keys >> MOVIE), len(self.keys))
        for first in range(0, len(starts) - 1, CHUNK):
            of_rows = starts[first : first + CHUNK + 1]
            cells = slice(of_rows[0], of_rows[-1])
            row = np.repeat(np.arange(len(of_rows) - 1), np.diff(of_rows))
            counts = np.zeros((len(of_rows) - 1, len(VALUES)), np.int64)
            counts[row, (self.keys[cells] & HALF_STARS) - 1] = self.counts[cells]
            keys = self.keys[of_rows[:-1]]
            sums = {
                "ratings": counts.sum(axis=1),
                "half_stars": counts @ VALUES,
                "squares": counts @ VALUES**2,
            }
            yield {
                "movie_id": films_of(keys),
                "month": (keys >> MONTH).astype(np.int16),
                **{name: values.astype(kinds[name]) for name, values in sums.items()},
                **{f"h{value}": counts[:, value - 1].astype(np.int32) for value in VALUES},
            }


def films_of(keys: np.ndarray) -> np.ndarray:
    """The movie_id in each key, int32."""
    return (keys >> MOVIE & 2**31 - 1).astype(np.int32)


def _starts(values: np.ndarray) -> np.ndarray:
    """Where each run of equal values begins."""
    return np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]])[: len(values)])


def _only(columns: dict[str, np.ndarray], which: np.ndarray) -> dict[str, np.ndarray]:
    return {name: values[which] for name, values in columns.items()}
