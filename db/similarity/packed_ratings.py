"""All tables of the room, filled together."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.similarity.user_counts import FILLED, UserCounts
from db.similarity.user_vectors import copy_user_vectors

PACKED = ("user_vectors", *FILLED)


class PackedRatings:
    """Fills the tables PACKED, which were made in this same transaction.

    movies: as FilmSets has them. piece: as for UserCounts; the tables may then be older.
    """

    def __init__(
        self, connection: Connection, movies: pd.DataFrame, piece: int | None = None
    ) -> None:
        self.connection, self.new = connection, piece is None
        self.counts = UserCounts(connection, movies, piece)

    def add(self, columns: dict[str, np.ndarray]) -> None:
        """Take ratings, one user's after the other's: user_id, movie_id, month, half_stars."""
        self.counts.add(columns)
        copy_user_vectors(self.connection, columns, self.new)

    def copy(self) -> None:
        """Write what was counted, when all ratings are there."""
        self.counts.copy()
