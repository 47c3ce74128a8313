"""Who rated the films of each set, and when: what counts the ratings of a few films by user."""

import numpy as np
from sqlalchemy import Connection

from db.similarity.film_sets import FilmSets
from db.store.binary_copy import copy_packed_in

BATCH = 1 << 22  # ratings to sort at a time

RATER = np.dtype([("place", ">i4"), ("month", ">i2")])


class SetRaters:
    """Fills table set_raters, made in this same transaction, with a row a set and batch."""

    def __init__(self, connection: Connection, sets: FilmSets) -> None:
        self.connection = connection
        self.sets = sets
        self.waiting: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        """Numbers of sets, places of users, months."""

    def add(self, sets: np.ndarray, places: np.ndarray, months: np.ndarray) -> None:
        """Take ratings: set, place of the user (see user_counts.py), months since 1970."""
        self.waiting.append((sets, places, months))
        if sum(len(sets) for sets, _, _ in self.waiting) >= BATCH:
            self.copy()

    def copy(self) -> None:
        """Write what is waiting."""
        if not self.waiting:
            return
        sets, places, months = map(np.concatenate, zip(*self.waiting, strict=True))
        self.waiting.clear()
        order = np.argsort(sets, kind="stable")
        raters = np.empty(len(sets), RATER)
        raters["place"], raters["month"] = places[order], months[order]
        sets = sets[order]
        each, starts = np.unique(sets, return_index=True)
        runs = np.split(raters, starts[1:])
        known = self.sets.release_years[each] != 0
        self._copy_rows(each[known], [runs[i] for i in np.flatnonzero(known)], "release_year")
        self._copy_rows(each[~known], [runs[i] for i in np.flatnonzero(~known)])

    def _copy_rows(self, sets: np.ndarray, runs: list[np.ndarray], *more: str) -> None:
        columns = {
            "genre_mask": self.sets.genre_masks[sets],
            "ratings": np.array([len(run) for run in runs], np.int32),
        }
        if "release_year" in more:  # a column that is not named is null
            columns["release_year"] = self.sets.release_years[sets]
        copy_packed_in(self.connection, "set_raters", columns, {"raters": runs})
