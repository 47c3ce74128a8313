"""How alike users rate."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from sqlalchemy import Connection

from db.similarity.formats import RATING
from db.similarity.rating_bounds import rating_bounds
from db.similarity.user_ratings import UserRatings

if TYPE_CHECKING:  # questions ask this room, not the other way
    from db.queries.scope import Scope

DEFAULT_USERS = 40
LARGEST = 2**31 - 1  # user_id


def cosines(
    connection: Connection, scope: "Scope", users: Sequence[int] | None = None
) -> pd.DataFrame:
    """Cosine of users' rating vectors, where a film that a user didn't rate is 0.

    Of the given users, else of the 40 with the most ratings; users without ratings in the scope are
    left out.

    Returns: user_id, other_user_id, similarity (0 to 1, of a user with themselves 1); every ordered
    pair, by both numbers.
    """
    ratings = UserRatings(connection, scope)
    if users is not None:
        user_ids, vectors = _vectors(ratings.of(users))
    else:
        user_ids, vectors = _vectors(_most_active(ratings, *rating_bounds(connection, scope)))
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


def _most_active(
    ratings: UserRatings, user_ids: np.ndarray, bounds: np.ndarray
) -> dict[int, np.ndarray]:
    """The ratings of the users with the most, exactly, where each has at most so many.

    Users are looked at in order of their bounds until nobody who comes after can have as many as
    the fortieth of those seen (the threshold algorithm of Fagin, Lotem & Naor, 2001).
    """
    waiting = np.sort(_ranks(user_ids, bounds)[bounds > 0])[::-1]
    best: dict[int, np.ndarray] = {}
    size = DEFAULT_USERS
    while len(waiting):
        best |= ratings.of(_users(waiting[:size]).tolist())
        counts = np.array([len(of_user) for of_user in best.values()], np.int64)
        ranks = np.sort(_ranks(np.array(list(best), np.int64), counts))[::-1][:DEFAULT_USERS]
        best = {user: best[user] for user in _users(ranks).tolist()}
        waiting = waiting[size:]
        if len(best) == DEFAULT_USERS:
            waiting = waiting[waiting > ranks[-1]]
        size *= 2
    return best


def _ranks(user_ids: np.ndarray, ratings: np.ndarray) -> np.ndarray:
    """Numbers that are larger for more ratings, and for the smaller user_id among equals."""
    return ratings.astype(np.int64) << 32 | LARGEST - user_ids


def _users(ranks: np.ndarray) -> np.ndarray:
    """The user_id of each rank."""
    return LARGEST - (ranks & LARGEST)


def _vectors(ratings: dict[int, np.ndarray]) -> tuple[np.ndarray, sparse.csr_array]:
    """Ids of the users, ascending, and their ratings (users × films, half stars)."""
    user_ids = np.array(sorted(ratings), np.int64)
    of_users = [ratings[user] for user in user_ids.tolist()]
    ends = np.cumsum([0, *map(len, of_users)])
    every = np.concatenate([np.empty(0, RATING), *of_users])
    movie_ids, columns = np.unique(every["movie_id"], return_inverse=True)
    shape = (len(user_ids), len(movie_ids))
    half_stars = every["half_stars"].astype(np.int64)
    return user_ids, sparse.csr_array((half_stars, columns, ends), shape=shape)
