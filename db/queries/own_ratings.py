"""What is asked for one person's taste: their ratings, and everybody's of the same films."""

from collections.abc import Iterable

import pandas as pd
from sqlalchemy import Connection, text

from db.filters.rating_filters import RatingFilters
from db.queries.frames import frame
from db.queries.identifiers import identifier
from db.queries.scope import Scope
from db.queries.spread import COUNTS
from db.similarity import ratings_of


def user_ratings(connection: Connection, user_id: int) -> dict[int, float]:
    """What a user gave, {movie_id: stars}; nothing for an unknown user."""
    user = identifier(user_id)
    found = (
        {}
        if user is None
        else ratings_of(connection, Scope.of(connection, RatingFilters()), [user])
    )
    return {
        int(movie): half_stars / 2
        for ratings in found.values()
        for movie, half_stars in zip(
            ratings["movie_id"], ratings["half_stars"].tolist(), strict=True
        )
    }


def known_users(connection: Connection, user_ids: Iterable[int]) -> set[int]:
    """Those of these users who have rated anything."""
    wanted = [number for number in map(identifier, user_ids) if number is not None]
    select = "select user_id from user_totals where user_id = any(cast(:wanted as integer[]))"
    return set(connection.scalars(text(select), {"wanted": wanted}))


def film_counts(connection: Connection, movie_ids: Iterable[int]) -> pd.DataFrame:
    """Returns: movie_id, title, release_year, genres, h1 … h10 (how many gave each half star); of
    the rated films among these, by movie_id."""
    wanted = [number for number in map(identifier, movie_ids) if number is not None]
    select = f"""
        select movie_id, title, m.release_year, genres, {", ".join(COUNTS)}
        from movies m join movie_totals using (movie_id)
        where movie_id = any(cast(:wanted as integer[]))
        order by movie_id
    """
    return frame(connection, select, {"wanted": wanted})


def ratings_by_decade(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: decade (1990 for 1990 to 1999), ratings, by decade; not of unknown years."""
    scope = Scope.of(connection, filters)
    rows = scope.plan("totals", ("release_year",)).select("release_year, ratings")
    select = f"""
        select release_year / 10 * 10 as decade, sum(ratings)::bigint as ratings
        from ({rows}) r where release_year is not null group by 1 order by 1
    """
    return frame(connection, select, scope.bound)
