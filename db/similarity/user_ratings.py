"""The ratings of given users that pass the filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from sqlalchemy import Connection

from db.similarity.formats import RATING
from db.store.binary_copy import copy_out, copy_packed_out

if TYPE_CHECKING:  # questions ask this room, not the other way
    from db.queries.scope import Scope

VECTORS = "from user_vectors where user_id = any(cast(:users as integer[]))"
USERS = f"select user_id, sum(ratings) as ratings {VECTORS} group by user_id order by user_id"
FILMS = f"select string_agg(films, ''::bytea order by user_id) {VECTORS}"


def ratings_of(
    connection: Connection, scope: "Scope", users: Sequence[int]
) -> dict[int, np.ndarray]:
    """RATINGs (movie_id, month, half_stars) that pass, by user_id, of those who have any."""
    return UserRatings(connection, scope).of(users)


@dataclass(frozen=True)
class UserRatings:
    """Reads packed ratings, of many users at a time."""

    connection: Connection
    scope: "Scope"

    def of(self, users: Sequence[int]) -> dict[int, np.ndarray]:
        """RATINGs that pass by user_id, of those users who have any."""
        types = {"user_id": np.int32, "ratings": np.int32}
        found = copy_out(self.connection, USERS, {"users": users}, types)
        films = copy_packed_out(self.connection, FILMS, {"users": users})
        ratings = np.frombuffer(films, RATING)
        passing = self._passing(ratings)
        until = np.append(0, np.cumsum(passing))[np.cumsum(found["ratings"])]
        of_users = np.split(ratings[passing], until[:-1])
        each = zip(found["user_id"].tolist(), of_users, strict=False)  # none split is one, empty
        return {user: ratings for user, ratings in each if len(ratings)}

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
        conditions = self.scope.film_conditions
        if not conditions:
            return None
        select = f"select movie_id from movie_totals where {' and '.join(conditions)}"
        types = {"movie_id": np.int32}
        return copy_out(self.connection, select, self.scope.bound, types)["movie_id"]
