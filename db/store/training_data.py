"""Every rating, film and tag, for the recommenders to learn from."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.store.binary_copy import copy_out

RATINGS = "select user_id, movie_id, half_stars from ratings"
TYPES = {"user_id": np.int32, "movie_id": np.int32, "half_stars": np.int16}
TIMED = """
    select user_id, movie_id, half_stars, rated_at from ratings {where} order by user_id, movie_id
"""
SIZES = "select user_id, ratings from user_totals order by user_id"
TEXTS = 'select tag from tags group by tag order by tag collate "C"'
TAGS = f"""
    with texts as materialized (
        select tag, (row_number() over () - 1)::integer as code from ({TEXTS}) t
    )
    select user_id, movie_id, tagged_at, code from tags join texts using (tag)
"""
MOVIES = "select movie_id, title, release_year, genres from movies"


def all_ratings(connection: Connection) -> dict[str, np.ndarray]:
    """user_id, movie_id and half_stars (1 to 10) of every rating, in no particular order."""
    connection.execute(text("set local statement_timeout = 0"))
    return copy_out(connection, RATINGS, {}, TYPES)


def timed_ratings(
    connection: Connection, user_ids: np.ndarray | None = None
) -> dict[str, np.ndarray]:
    """The same with rated_at (seconds since 1970, UTC), in order of user and film.

    user_ids: only theirs.
    """
    connection.execute(text("set local statement_timeout = 0"))
    types = TYPES | {"rated_at": np.int32}
    if user_ids is None:
        return copy_out(connection, TIMED.format(where=""), {}, types)
    asked = TIMED.format(where="where user_id = any(:users)")
    return copy_out(connection, asked, {"users": user_ids.tolist()}, types)


def ratings_by_user(connection: Connection) -> dict[str, np.ndarray]:
    """user_id and ratings (how many) of every user, in order of id."""
    return copy_out(connection, SIZES, {}, {"user_id": np.int32, "ratings": np.int32})


def all_movies(connection: Connection) -> pd.DataFrame:
    """movie_id, title, release_year (missing: unknown) and genres ("A|B") of every film."""
    return pd.read_sql(text(MOVIES), connection)


def all_tags(connection: Connection) -> tuple[dict[str, np.ndarray], list[str]]:
    """user_id, movie_id, tagged_at (seconds since 1970, UTC) and code of every tag; the texts.

    In no particular order; a code is a place among the texts, as a text is given many times.
    """
    connection.execute(text("set local statement_timeout = 0"))
    texts = list(connection.scalars(text(TEXTS)))
    names = ("user_id", "movie_id", "tagged_at", "code")
    return copy_out(connection, TAGS, {}, dict.fromkeys(names, np.int32)), texts
