"""Each user's ratings counted by genre, release year and month: who may have most under filters.

Counted in memory while ratings are copied, as movie_months is (movie_months.py). Users are known
by their place: the order in which they first come.
"""

import numpy as np
import pandas as pd
from scipy import sparse
from sqlalchemy import Connection

from db.similarity.film_raters import FilmRaters
from db.similarity.film_sets import FilmSets
from db.similarity.formats import COUNT, MONTH_COUNT
from db.similarity.pieces import piece_table
from db.store.binary_copy import copy_packed_in

FILLED = ("user_order", "user_genres", "user_releases", "user_months", "film_raters")


class UserCounts:
    """Counts ratings and then fills the tables FILLED, which were made in this same transaction.

    movies: as FilmSets has them. Raters are written while ratings are counted.
    piece: the first place of these users, where others count the other users' ratings; arrays over
    all users then go to the tables of pieces.py.
    """

    def __init__(
        self, connection: Connection, movies: pd.DataFrame, piece: int | None = None
    ) -> None:
        self.connection, self.piece = connection, piece
        self.sets = FilmSets(movies)
        self.features = self.sets.features()
        self.raters = FilmRaters(connection, new=piece is None)
        self.places: dict[int, int] = {}
        """By user_id."""
        self.by_feature: list[tuple[np.ndarray, np.ndarray]] = []
        """Places, and their users' ratings: users × features."""
        self.by_month: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
        """Months, places and how many ratings."""

    def add(self, columns: dict[str, np.ndarray]) -> None:
        """Count ratings, one user's after the other's: as PackedRatings takes them."""
        user_ids, movie_ids, months = (columns[name] for name in ("user_id", "movie_id", "month"))
        ends = _ends(user_ids)
        places = self._places(user_ids[ends[:-1]])
        counts = _by_feature(self.sets, self.features, ends, movie_ids)
        self.by_feature.append((places, counts.astype(np.min_scalar_type(counts.max()))))
        among_all = places + np.int32(self.piece or 0)
        self._count_months(ends, among_all, months)
        each = np.repeat(among_all, np.diff(ends))
        self.raters.add(movie_ids, each, months, columns["half_stars"])

    def _places(self, user_ids: np.ndarray) -> np.ndarray:
        places = self.places
        found = (places.setdefault(user, len(places)) for user in user_ids.tolist())
        return np.fromiter(found, np.int32, len(user_ids))

    def _count_months(self, ends: np.ndarray, places: np.ndarray, months: np.ndarray) -> None:
        last = int(months.max())
        identity = sparse.eye_array(last + 1, dtype=np.int32, format="csr")  # sums repeated months
        counts = (_each(ends, months, last + 1) @ identity).tocoo()
        self.by_month.append((counts.col.astype(np.int16), places[counts.row], counts.data))

    def copy(self) -> None:
        """Fill the tables."""
        self.raters.copy()
        user_ids = np.fromiter(self.places, COUNT, len(self.places))
        self._copy("user_order", {}, {"user_ids": [user_ids], "ratings": [self._ratings(0)]})
        self._copy_genres()
        self._copy_years()
        self._copy_months()

    def _copy(
        self, table: str, keys: dict[str, np.ndarray], arrays: dict[str, list[np.ndarray]]
    ) -> None:
        """Append rows of arrays over all users, or over those of the piece."""
        if self.piece is None:
            copy_packed_in(self.connection, table, keys, arrays)
            return
        keys = keys | {"piece": np.full(len(arrays["ratings"]), self.piece, np.int32)}
        copy_packed_in(self.connection, piece_table(table), keys, arrays, new=False)

    def _ratings(self, feature: int | np.integer) -> np.ndarray:
        """By place, of the films that have a feature."""
        counts = np.zeros(len(self.places), COUNT)
        for places, by_feature in self.by_feature:  # a place once in each
            counts[places] += by_feature[:, feature]
        return counts

    def _copy_genres(self) -> None:
        genres = self.sets.genres
        ratings = [self._ratings(1 + genre) for genre in genres]
        self._copy("user_genres", {"genre": genres.astype(np.int16)}, {"ratings": ratings})

    def _copy_years(self) -> None:
        until = np.zeros(len(self.places), COUNT)
        for feature, year in enumerate(self.sets.years, 1 + len(self.sets.genres)):
            until += self._ratings(feature)
            self._copy(
                "user_releases", {"release_year": np.array([year], np.int16)}, {"ratings": [until]}
            )

    def _copy_months(self) -> None:
        months, places, ratings = map(np.concatenate, zip(*self.by_month, strict=True))
        order = np.argsort(months, kind="stable")
        counts = np.empty(len(order), MONTH_COUNT)
        counts["place"], counts["ratings"] = places[order], ratings[order]
        each, starts = np.unique(months[order], return_index=True)
        runs = {"ratings": np.split(counts, starts[1:])}
        copy_packed_in(self.connection, "user_months", {"month": each}, runs, self.piece is None)


def counts_by_feature(
    sets: FilmSets, user_ids: np.ndarray, movie_ids: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Users, and their ratings of films with each feature of the sets: users × features.

    One user's ratings follow the other's.
    """
    ends = _ends(user_ids)
    return user_ids[ends[:-1]], _by_feature(sets, sets.features(), ends, movie_ids)


def _ends(user_ids: np.ndarray) -> np.ndarray:
    """Where each user's ratings begin, and where the last one's end."""
    return np.flatnonzero(np.diff(user_ids, prepend=-1, append=-1))


def _by_feature(
    sets: FilmSets, features: sparse.csr_array, ends: np.ndarray, movie_ids: np.ndarray
) -> np.ndarray:
    return (_each(ends, sets.of(movie_ids), len(sets.genre_masks)) @ features).toarray()


def _each(ends: np.ndarray, columns: np.ndarray, width: int) -> sparse.csr_array:
    """Users × columns, 1 for each rating: a user's lie from one of `ends` to the next."""
    ones = np.ones(len(columns), np.int32)
    return sparse.csr_array((ones, columns, ends), shape=(len(ends) - 1, width))
