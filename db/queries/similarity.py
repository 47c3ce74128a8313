"""How alike users rate."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from scipy import sparse
from sqlalchemy import Connection, text

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
    chosen = [identifier(user) for user in users] if users else _most_active(connection, scope)
    user_ids, vectors = _vectors(connection, scope, [user for user in chosen if user is not None])
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


def _most_active(connection: Connection, scope: Scope) -> list[int]:
    """The users with the most ratings that pass; never from a sample."""
    select = f"""
        select user_id from ({user_sums(scope, exact=True)}) u
        order by ratings desc, user_id limit {DEFAULT_USERS}
    """
    return list(connection.scalars(text(select), scope.bound))


def _vectors(
    connection: Connection, scope: Scope, users: list[int]
) -> tuple[np.ndarray, sparse.csr_array]:
    """Ids of the users who rated, ascending, and their ratings (users × films, half stars)."""
    select = f"""
        select user_id, movie_id, half_stars from ratings join movies using (movie_id)
        where user_id = any(cast(:users as integer[])) and {scope.rating_conditions}
    """
    types = {"user_id": np.int32, "movie_id": np.int32, "half_stars": np.int16}
    ratings = copy_out(connection, select, scope.bound | {"users": users}, types)
    user_ids, rows = np.unique(ratings["user_id"], return_inverse=True)
    movie_ids, columns = np.unique(ratings["movie_id"], return_inverse=True)
    values = ratings["half_stars"].astype(np.int64)
    shape = (len(user_ids), len(movie_ids))
    return user_ids.astype(np.int64), sparse.csr_array((values, (rows, columns)), shape=shape)
