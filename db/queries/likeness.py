"""Which users rate alike."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.identifiers import identifier
from db.queries.scope import Scope
from db.similarity import cosines

MOST_USERS = 100


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
    if not users:
        return cosines(connection, scope)
    known = [user for user in map(identifier, users) if user is not None]
    return cosines(connection, scope, known)
