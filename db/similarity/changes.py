"""The tables of the room after ratings were added or changed: only what these touch is written."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.similarity.film_raters import FilmRaters
from db.similarity.film_sets import FilmSets
from db.similarity.formats import COUNT, MONTH_COUNT, RATER, RATING
from db.similarity.joined_rows import join_rows
from db.similarity.user_counts import counts_by_feature
from db.similarity.user_vectors import copy_user_vectors
from db.store.binary_copy import copy_packed_in, copy_packed_out

USERS = 5_000  # whose ratings are read at a time
VECTORS_OF = text("""
    select user_id, string_agg(films, ''::bytea) from user_vectors
    where user_id = any(:users) group by user_id
""")

FILMS = 500  # whose raters are read at a time
RATERS_OF = text("""
    select movie_id, string_agg(raters, ''::bytea) from film_raters
    where movie_id = any(:films) group by movie_id
""")

Ratings = dict[str, np.ndarray]
"""user_id, movie_id, month and half_stars, one user's after the other's."""


def change_packed(
    connection: Connection, movies: pd.DataFrame, added: Ratings, removed: Ratings
) -> None:
    """Bring all tables up to ratings that table ratings has already, or has no more.

    movies: as FilmSets has them, new ones among them. In the caller's transaction.
    """
    places = _Places.of(connection, added["user_id"])
    _Counts(connection, FilmSets(movies), places, added, removed).copy()
    if len(added["user_id"]):
        _change_vectors(connection, added, removed)
        _change_months(connection, places, added, removed)
        _change_raters(connection, places, added, removed)
        touched = (np.unique(added[key]).tolist() for key in ("movie_id", "user_id"))
        join_rows(connection, *touched)


def _change_vectors(connection: Connection, added: Ratings, removed: Ratings) -> None:
    """Append what was added, a row a user; only where something goes are rows written anew."""
    users, starts = np.unique(removed["user_id"], return_index=True)
    gone = np.split(removed["movie_id"], starts[1:])
    for start in range(0, len(users), USERS):
        some = slice(start, start + USERS)
        _remove_films(connection, dict(zip(users[some].tolist(), gone[some], strict=True)))
    copy_user_vectors(connection, added, new=False)


def _remove_films(connection: Connection, gone: dict[int, np.ndarray]) -> None:
    """gone: by user, the films that they rated otherwise than they do now."""
    users = {"users": list(gone)}
    left: dict[int, np.ndarray] = {}
    for user, packed in connection.execute(VECTORS_OF, users):
        old = np.frombuffer(packed, RATING)
        left[user] = old[~np.isin(old["movie_id"], gone[user])]
    connection.execute(text("delete from user_vectors where user_id = any(:users)"), users)
    columns = {
        "user_id": np.fromiter(left, np.int32),
        "ratings": np.array([len(films) for films in left.values()], np.int32),
    }
    copy_packed_in(connection, "user_vectors", columns, {"films": [*left.values()]}, new=False)


@dataclass(frozen=True)
class _Places:
    """Where each user stands in the packed arrays; new ones come last."""

    user_ids: np.ndarray
    order: np.ndarray
    """That sorts user_ids."""

    @classmethod
    def of(cls, connection: Connection, users: np.ndarray) -> "_Places":
        """Those of the dataset and then of those users who are new."""
        old = _array(connection, "select user_ids from user_order")
        user_ids = np.concatenate([old, np.setdiff1d(users, old)])
        return cls(user_ids, np.argsort(user_ids, kind="stable"))

    def __call__(self, users: np.ndarray) -> np.ndarray:
        """The places of users."""
        return self.order[np.searchsorted(self.user_ids, users, sorter=self.order)]


@dataclass(frozen=True)
class _Counts:
    """Each user's ratings by genre and release year."""

    connection: Connection
    sets: FilmSets
    places: _Places
    added: Ratings
    removed: Ratings

    def copy(self) -> None:
        """Write them anew."""
        users, change = self._change()
        where = self.places(users)
        total = self._with("select ratings from user_order", where, change[:, 0])
        self._write("user_order", {}, {"user_ids": [self.places.user_ids], "ratings": [total]})
        genres, years = self.sets.genres, self.sets.years
        by_genre = [
            self._with(f"select ratings from user_genres where genre = {genre}", where, column)
            for genre, column in zip(genres, change[:, 1:].T, strict=False)
        ]
        self._write("user_genres", {"genre": genres.astype(np.int16)}, {"ratings": by_genre})
        until = np.cumsum(change[:, 1 + len(genres) :], axis=1)
        by_year = [
            self._with(_released_until(year), where, column)
            for year, column in zip(years, until.T, strict=True)
        ]
        self._write("user_releases", {"release_year": years.astype(np.int16)}, {"ratings": by_year})

    def _change(self) -> tuple[np.ndarray, np.ndarray]:
        """Users, and how many ratings more each has of the films with each feature."""
        users = np.unique(self.added["user_id"])
        change = np.zeros((len(users), 1 + len(self.sets.genres) + len(self.sets.years)), np.int64)
        for ratings, sign in ((self.added, 1), (self.removed, -1)):
            if len(ratings["user_id"]):
                found, counts = counts_by_feature(
                    self.sets, ratings["user_id"], ratings["movie_id"]
                )
                change[np.searchsorted(users, found)] += sign * counts
        return users, change

    def _with(self, select: str, where: np.ndarray, change: np.ndarray) -> np.ndarray:
        counts = np.zeros(len(self.places.user_ids), COUNT)
        old = _array(self.connection, select)
        counts[: len(old)] = old
        counts[where] += change
        return counts

    def _write(self, table: str, keys: dict, packed: dict[str, list[np.ndarray]]) -> None:
        self.connection.exec_driver_sql(f"delete from {table}")
        arrays = {name: [each.astype(COUNT) for each in some] for name, some in packed.items()}
        if arrays["ratings"]:
            copy_packed_in(self.connection, table, keys, arrays, new=False)


def _released_until(year: int) -> str:
    return (
        f"select ratings from user_releases where release_year <= {year}"
        " order by release_year desc limit 1"
    )


def _change_months(
    connection: Connection, places: _Places, added: Ratings, removed: Ratings
) -> None:
    signed = np.concatenate([np.ones(len(added["month"])), -np.ones(len(removed["month"]))])
    months = np.concatenate([added["month"], removed["month"]])
    where = places(np.concatenate([added["user_id"], removed["user_id"]]))
    for month in np.unique(months):
        of_month = months == month
        select = f"select string_agg(ratings, ''::bytea) from user_months where month = {month}"
        old = np.frombuffer(copy_packed_out(connection, select, {}), MONTH_COUNT)
        counts = np.bincount(where[of_month], signed[of_month], len(places.user_ids))
        counts += np.bincount(old["place"].astype(np.intp), old["ratings"], len(places.user_ids))
        rated = np.flatnonzero(counts)
        new = np.empty(len(rated), MONTH_COUNT)
        new["place"], new["ratings"] = rated, counts[rated]
        connection.exec_driver_sql(f"delete from user_months where month = {month}")
        if len(new):
            keys = {"month": np.array([month], np.int16)}
            copy_packed_in(connection, "user_months", keys, {"ratings": [new]}, new=False)


def _change_raters(
    connection: Connection, places: _Places, added: Ratings, removed: Ratings
) -> None:
    films, gone = _by_film(places, removed)
    for start in range(0, len(films), FILMS):
        some = slice(start, start + FILMS)
        _remove_raters(connection, dict(zip(films[some].tolist(), gone[some], strict=True)))
    raters = FilmRaters(connection, new=False)
    where = places(added["user_id"])
    raters.add(added["movie_id"], where, added["month"], added["half_stars"])
    raters.copy()


def _remove_raters(connection: Connection, gone: dict[int, np.ndarray]) -> None:
    """gone: by film, the keys of those who rated it and do so no more."""
    films = {"films": list(gone)}
    left: dict[int, np.ndarray] = {}
    for film, packed in connection.execute(RATERS_OF, films):
        old = np.frombuffer(packed, RATER)
        stay = old[~np.isin(_rater_keys(old), gone[film])]
        left |= {film: stay} if len(stay) else {}
    connection.execute(text("delete from film_raters where movie_id = any(:films)"), films)
    if left:
        keys = {"movie_id": np.fromiter(left, np.int32)}
        copy_packed_in(connection, "film_raters", keys, {"raters": [*left.values()]}, new=False)


def _by_film(places: _Places, ratings: Ratings) -> tuple[np.ndarray, list[np.ndarray]]:
    """Films, and the keys of the raters that each has in these ratings."""
    raters = np.empty(len(ratings["movie_id"]), RATER)
    raters["place"], raters["month"] = places(ratings["user_id"]), ratings["month"]
    order = np.argsort(ratings["movie_id"], kind="stable")
    films, starts = np.unique(ratings["movie_id"][order], return_index=True)
    return films, np.split(_rater_keys(raters[order]), starts[1:])


def _rater_keys(raters: np.ndarray) -> np.ndarray:
    """Raters as whole numbers, which are quick to compare."""
    return raters["place"].astype(np.int64) << 16 | raters["month"].astype(np.int64)


def _array(connection: Connection, select: str) -> np.ndarray:
    return np.frombuffer(copy_packed_out(connection, select, {}), COUNT).astype(np.int32)
