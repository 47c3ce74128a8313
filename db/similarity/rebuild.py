"""Packed ratings, and counts by user, of a dataset whose ratings someone else has written.

An import fills these while it copies ratings (base_tables.py); here ratings are read back.
"""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.similarity.packed_ratings import PACKED, PackedRatings
from db.store.binary_copy import copy_out

FILMS = "select movie_id, release_year, genre_mask from movies order by movie_id"
USERS = 5_000  # whose ratings are read at a time
NEXT_RATINGS = """
    select user_id, movie_id, month, half_stars from ratings
    where user_id > :after and user_id <= (
        select max(user_id) from (
            select user_id from user_totals where user_id > :after order by user_id limit :users
        ) u
    )
    order by user_id, movie_id
"""
TYPES = {
    "user_id": np.int32,
    "movie_id": np.int32,
    "month": np.int16,
    "half_stars": np.int16,
}


def pack(connection: Connection) -> None:
    """Fill the tables PACKED from table ratings, which has its key."""
    connection.exec_driver_sql(f"truncate {', '.join(PACKED)}")  # COPY asks for tables that are new
    packed = PackedRatings(connection, pd.read_sql(text(FILMS), connection))
    after = -1
    while True:
        given = {"after": after, "users": USERS}
        rows = copy_out(connection, NEXT_RATINGS, given, TYPES)
        if not len(rows["user_id"]):
            break
        packed.add(rows)
        after = int(rows["user_id"][-1])
    packed.copy()
    connection.exec_driver_sql(f"analyze {', '.join(PACKED)}")
