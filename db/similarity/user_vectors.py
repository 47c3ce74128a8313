"""All ratings user by user, packed: read without looking them up one by one."""

import numpy as np
from sqlalchemy import Connection

from db.similarity.formats import RATING
from db.store.binary_copy import copy_packed_in


def copy_user_vectors(
    connection: Connection, columns: dict[str, np.ndarray], new: bool = True
) -> None:
    """Append ratings to table user_vectors; new: as for copy_packed_in.

    columns: user_id, movie_id, month and half_stars, one user's ratings after the other's.
    """
    ratings = np.empty(len(columns["user_id"]), RATING)
    for name in ("movie_id", "month", "half_stars"):
        ratings[name] = columns[name]
    starts = np.flatnonzero(np.diff(columns["user_id"], prepend=-1))
    users = {
        "user_id": columns["user_id"][starts],
        "ratings": np.diff(starts, append=len(ratings)).astype(np.int32),
    }
    films = np.split(ratings, starts[1:])
    copy_packed_in(connection, "user_vectors", users, {"films": films}, new)
