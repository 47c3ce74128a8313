"""Who rated each film, when and how: what adds the ratings of some films up by user."""

import numpy as np
from sqlalchemy import Connection

from db.similarity.formats import RATER
from db.store.binary_copy import copy_packed_in

BATCH = 1 << 22  # ratings to sort at a time


class FilmRaters:
    """Appends to table film_raters a row a film and batch; new: as for copy_packed_in."""

    def __init__(self, connection: Connection, new: bool = True) -> None:
        self.connection, self.new = connection, new
        self.waiting: list[tuple[np.ndarray, ...]] = []
        """Films, places of users, months, half stars."""

    def add(
        self,
        movie_ids: np.ndarray,
        places: np.ndarray,
        months: np.ndarray,
        half_stars: np.ndarray,
    ) -> None:
        """Take ratings: film, place of the user (see user_counts.py), months since 1970."""
        self.waiting.append((movie_ids.astype(np.int32), places, months, half_stars))
        if sum(len(films) for films, *_ in self.waiting) >= BATCH:
            self.copy()

    def copy(self) -> None:
        """Write what is waiting."""
        if not self.waiting:
            return
        films, places, months, half_stars = map(np.concatenate, zip(*self.waiting, strict=True))
        self.waiting.clear()
        order = np.argsort(films, kind="stable")
        raters = np.empty(len(films), RATER)
        raters["place"], raters["month"] = places[order], months[order]
        raters["half_stars"] = half_stars[order]
        each, starts = np.unique(films[order], return_index=True)
        runs = {"raters": np.split(raters, starts[1:])}
        copy_packed_in(self.connection, "film_raters", {"movie_id": each}, runs, self.new)
