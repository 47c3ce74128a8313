"""All tables of the room, filled together."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.similarity.user_counts import FILLED, UserCounts
from db.similarity.user_vectors import copy_user_vectors

PACKED = ("user_vectors", *FILLED)


class PackedRatings:
    """Fills the tables PACKED, which were made in this same transaction.

    movies: as FilmSets has them.
    """

    def __init__(self, connection: Connection, movies: pd.DataFrame) -> None:
        self.connection = connection
        self.counts = UserCounts(connection, movies)

    def add(self, columns: dict[str, np.ndarray]) -> None:
        """Take ratings, one user's after the other's: user_id, movie_id, month, half_stars."""
        self.counts.add(columns)
        copy_user_vectors(self.connection, columns)

    def copy(self) -> None:
        """Write what was counted, when all ratings are there."""
        self.counts.copy()
