"""How alike users rate."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import pandas as pd
from scipy import sparse
from sqlalchemy import Connection, Row, text

from db.binary_copy import copy_out
from db.filters import RatingFilters
from db.queries.identifiers import identifier
from db.queries.scope import Scope
from db.queries.users import user_sums

MOST_USERS = 100
DEFAULT_USERS = 40


def user_similarity(
    connection: Connection, filters: RatingFilters, users: Sequence[int] = ()
) -> pd.DataFrame:
    """Cosine of users' rating vectors, where a film that a user didn't rate is 0.

    Of the given users, at most 100, else of the 40 with the most ratings; users without ratings
    that pass the filters are left out.

    Returns: user_id, other_user_id, similarity (0 to 1, of a user with themselves 1); every ordered
    pair, by both numbers.
    Raises: ValueError for more than 100 users.
    """
    if len(set(users)) > MOST_USERS:
        raise ValueError(f"At most {MOST_USERS} users can be compared at once.")
    scope = Scope.of(connection, filters)
    user_ids, vectors = _chosen(connection, scope, users) if users else _active(connection, scope)
    products = (vectors @ vectors.T).toarray()
    lengths = np.sqrt(products.diagonal())
    similarity = products / np.outer(lengths, lengths)
    np.fill_diagonal(similarity, 1.0)
    return pd.DataFrame(
        {
            "user_id": np.repeat(user_ids, len(user_ids)),
            "other_user_id": np.tile(user_ids, len(user_ids)),
            "similarity": np.minimum(similarity, 1.0).ravel(),
        }
    )


def _chosen(
    connection: Connection, scope: Scope, users: Sequence[int]
) -> tuple[np.ndarray, sparse.csr_array]:
    """Ids of those of the users who rated, ascending, and their ratings (users × films)."""
    select = f"""
        select user_id, movie_id, half_stars from ratings join movies using (movie_id)
        where user_id = any(cast(:users as integer[])) and {scope.rating_conditions}
    """
    known = [user for user in map(identifier, users) if user is not None]
    types = {"user_id": np.int32, "movie_id": np.int32, "half_stars": np.int16}
    return _vectors(**copy_out(connection, select, scope.bound | {"users": known}, types))


def _active(connection: Connection, scope: Scope) -> tuple[np.ndarray, sparse.csr_array]:
    """As `_chosen`, of the users with the most ratings that pass; never from a sample.

    A user has at most as many ratings that pass as ratings in all. So the most active are looked at
    in that order, until nobody who comes after can have more than the fortieth of those seen. Where
    that can't be within `active_users`, everyone is counted.
    """
    films = _films_that_pass(connection, scope)
    least = connection.scalar(text("select min(ratings) from active_users"))
    seen = _Ratings.none()
    for start, stop in itertools.pairwise(PORTIONS):
        portion = {"start": start, "count": stop - start}
        users = connection.execute(ACTIVE_USERS, portion).all()
        seen = seen.joined(_Ratings.of(users).passing(scope, films))
        fewest = seen.fewest()
        if start + len(users) >= scope.dataset.users or fewest > users[-1].ratings:
            return seen.vectors()
        if fewest < HOPELESS * least:
            break
    return _chosen(connection, scope, _most_active(connection, scope))


# Of the most active users, how many are looked at before it is asked whether they suffice
PORTIONS = (0, 60, 200, 400, 700, 1100, 2000)
HOPELESS = 0.8  # of the ratings of the last of active_users: too few for them ever to suffice
PACKED = np.dtype([("movie_id", ">i4"), ("month", ">i2"), ("half_stars", ">i2")])
ACTIVE_USERS = text("""
    select user_id, ratings, films from active_users
    order by ratings desc, user_id limit :count offset :start
""")


@dataclass(frozen=True, eq=False)
class _Ratings:
    """Ratings (PACKED) and whose they are."""

    user_ids: np.ndarray
    ratings: np.ndarray

    @classmethod
    def none(cls) -> Self:
        return cls(np.empty(0, np.int64), np.empty(0, PACKED))

    @classmethod
    def of(cls, users: Sequence[Row]) -> Self:
        """The rows of `active_users`."""
        ratings = np.frombuffer(b"".join(user.films for user in users), PACKED)
        user_ids = np.array([user.user_id for user in users], np.int64)
        return cls(np.repeat(user_ids, [user.ratings for user in users]), ratings)

    def passing(self, scope: Scope, films: np.ndarray | None) -> Self:
        """Those that pass; films: ids of the films that do, None for all."""
        kept = np.ones(len(self.ratings), bool)
        if scope.period:
            months = self.ratings["month"]
            kept &= (months >= scope.period.first) & (months <= scope.period.last)
        if films is not None:
            kept &= np.isin(self.ratings["movie_id"].astype(np.int32), films)
        return type(self)(self.user_ids[kept], self.ratings[kept])

    def joined(self, more: Self) -> Self:
        return type(self)(
            np.concatenate([self.user_ids, more.user_ids]),
            np.concatenate([self.ratings, more.ratings]),
        )

    def most(self) -> tuple[np.ndarray, np.ndarray]:
        """Ids of the users with the most ratings, the most first, and how many those are."""
        users, counts = np.unique(self.user_ids, return_counts=True)
        order = np.lexsort((users, -counts))[:DEFAULT_USERS]
        return users[order], counts[order]

    def fewest(self) -> int:
        """Ratings of the last of the most active; 0 where fewer users have any."""
        _, counts = self.most()
        return int(counts[-1]) if len(counts) == DEFAULT_USERS else 0

    def vectors(self) -> tuple[np.ndarray, sparse.csr_array]:
        best = np.isin(self.user_ids, self.most()[0])
        ratings = self.ratings[best]
        return _vectors(self.user_ids[best], ratings["movie_id"], ratings["half_stars"])


def _films_that_pass(connection: Connection, scope: Scope) -> np.ndarray | None:
    conditions = [*scope.genre_conditions, *scope.released_conditions]
    if not conditions:
        return None
    select = f"select movie_id from movies where {' and '.join(conditions)}"
    return copy_out(connection, select, scope.bound, {"movie_id": np.int32})["movie_id"]


def _most_active(connection: Connection, scope: Scope) -> list[int]:
    """The users with the most ratings that pass, counted one and all."""
    select = f"""
        select user_id from ({user_sums(scope, exact=True)}) u
        order by ratings desc, user_id limit {DEFAULT_USERS}
    """
    return list(connection.scalars(text(select), scope.bound))


def _vectors(
    user_id: np.ndarray, movie_id: np.ndarray, half_stars: np.ndarray
) -> tuple[np.ndarray, sparse.csr_array]:
    """Ids of the users, ascending, and their ratings (users × films, half stars)."""
    user_ids, rows = np.unique(user_id, return_inverse=True)
    movie_ids, columns = np.unique(movie_id, return_inverse=True)
    shape = (len(user_ids), len(movie_ids))
    values = half_stars.astype(np.int64)
    return user_ids.astype(np.int64), sparse.csr_array((values, (rows, columns)), shape=shape)
