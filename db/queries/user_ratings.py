"""The ratings of given users that pass the filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from sqlalchemy import Connection

from db.binary_copy import copy_out, copy_packed_out
from db.queries.scope import Scope

# A rating in active_users
RATING = np.dtype([("movie_id", ">i4"), ("month", ">i2"), ("half_stars", ">i2")])

ACTIVE = "from active_users where user_id = any(cast(:users as integer[]))"
FILMS_OF_ACTIVE = f"select string_agg(films, ''::bytea order by user_id) {ACTIVE}"


@dataclass(frozen=True)
class UserRatings:
    """Reads ratings user by user: packed ones where there are, else those in table ratings."""

    connection: Connection
    scope: Scope

    def of(self, users: Sequence[int]) -> dict[int, np.ndarray]:
        """RATINGs that pass by user_id, of those users who have any."""
        active = self._of_active(users)
        others = self._of_others([user for user in users if user not in active])
        return {user: ratings for user, ratings in (active | others).items() if len(ratings)}

    def _of_active(self, users: Sequence[int]) -> dict[int, np.ndarray]:
        types = {"user_id": np.int32, "ratings": np.int32}
        select = f"select user_id, ratings {ACTIVE} order by user_id"
        found = copy_out(self.connection, select, {"users": users}, types)
        films = copy_packed_out(self.connection, FILMS_OF_ACTIVE, {"users": users})
        ratings = np.frombuffer(films, RATING)
        passing = self._passing(ratings)
        until = np.append(0, np.cumsum(passing))[np.cumsum(found["ratings"])]
        return _by_user(found["user_id"], ratings[passing], until)

    def _passing(self, ratings: np.ndarray) -> np.ndarray:
        passing = np.ones(len(ratings), bool)
        if self.scope.period:
            months = ratings["month"].astype(np.int16)
            passing &= (months >= self.scope.period.first) & (months <= self.scope.period.last)
        if self._films is not None:
            passing &= np.isin(ratings["movie_id"].astype(np.int32), self._films)
        return passing

    @cached_property
    def _films(self) -> np.ndarray | None:
        """Ids of the films that pass, None for all."""
        conditions = [*self.scope.genre_conditions, *self.scope.released_conditions]
        if not conditions:
            return None
        select = f"select movie_id from movie_totals where {' and '.join(conditions)}"
        types = {"movie_id": np.int32}
        return copy_out(self.connection, select, self.scope.bound, types)["movie_id"]

    def _of_others(self, users: Sequence[int]) -> dict[int, np.ndarray]:
        types = {"user_id": np.int32, "movie_id": np.int32, "half_stars": np.int16}
        select = f"""
            select user_id, movie_id, half_stars from ratings join movies using (movie_id)
            where user_id = any(cast(:users as integer[])) and {self.scope.rating_conditions}
            order by user_id
        """
        found = copy_out(self.connection, select, self.scope.bound | {"users": users}, types)
        ratings = np.zeros(len(found["user_id"]), RATING)
        ratings["movie_id"], ratings["half_stars"] = found["movie_id"], found["half_stars"]
        user_ids, counts = np.unique(found["user_id"], return_counts=True)
        return _by_user(user_ids, ratings, np.cumsum(counts))


def _by_user(user_ids: np.ndarray, ratings: np.ndarray, until: np.ndarray) -> dict[int, np.ndarray]:
    """The ratings taken apart: each user's end where `until` says."""
    return dict(zip(user_ids.tolist(), np.split(ratings, until[:-1]), strict=False))
