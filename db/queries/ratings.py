"""All ratings and all rated films, for training models."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.binary_copy import copy_out
from db.queries.frames import frame


def all_ratings(connection: Connection) -> dict[str, np.ndarray]:
    """Every rating, in no particular order.

    Returns: user_id, movie_id (int32), half_stars (int16), rated_at (int32, seconds since 1970).
    """
    connection.execute(text("set local statement_timeout = 0"))
    select = "select user_id, movie_id, half_stars, rated_at from ratings"
    types = {
        "user_id": np.int32,
        "movie_id": np.int32,
        "half_stars": np.int16,
        "rated_at": np.int32,
    }
    return copy_out(connection, select, {}, types)


def rated_movies(connection: Connection) -> pd.DataFrame:
    """Returns: movie_id, title, release_year, genres ("A|B") of the rated films, by movie_id."""
    select = """
        select movie_id, title, m.release_year, genres
        from movies m join movie_totals using (movie_id) order by movie_id
    """
    return frame(connection, select, {})
