"""Films by their numbers."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd
from sqlalchemy import Connection, text

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import AVERAGE, with_films
from db.queries.frames import frame
from db.queries.identifiers import identifier
from db.queries.scope import Scope


@dataclass(frozen=True)
class Movie:
    """One film. genres: "A|B", "" for none."""

    movie_id: int
    title: str
    release_year: int | None
    genres: str
    imdb_id: str | None
    tmdb_id: int | None


def movie(connection: Connection, movie_id: int) -> Movie | None:
    """The film of this number, rated or not."""
    select = """
        select movie_id, title, release_year, genres, imdb_id, tmdb_id
        from movies where movie_id = :movie
    """
    row = connection.execute(text(select), {"movie": identifier(movie_id)}).one_or_none()
    return None if row is None else Movie(**row._mapping)


def movies(connection: Connection, movie_ids: Iterable[int]) -> pd.DataFrame:
    """The films of these numbers, in the order given; numbers of no film are left out.

    Returns: movie_id, title, release_year, genres, imdb_id.
    """
    wanted = [number for number in map(identifier, movie_ids) if number is not None]
    select = """
        select movie_id, title, release_year, genres, imdb_id
        from unnest(cast(:wanted as integer[])) with ordinality as w (movie_id, place)
        join movies using (movie_id)
        order by place
    """
    return frame(connection, select, {"wanted": wanted})


def imdb_ids(connection: Connection, movie_ids: Iterable[int]) -> dict[int, str | None]:
    """The films' ids at IMDb by their numbers, as far as there are such films."""
    wanted = [number for number in map(identifier, movie_ids) if number is not None]
    select = text("select movie_id, imdb_id from movies where movie_id = any(:wanted)")
    rows = connection.execute(select, {"wanted": wanted})
    return {row.movie_id: row.imdb_id for row in rows}


# A tag as tag_films and the filter have it. By how many people gave it, not how often.
FILM_TAGS = text("""
    select tag, users
    from (
        select lower(btrim(tag)) as tag, count(distinct user_id) as users
        from tags where movie_id = :movie group by lower(btrim(tag))
    ) given join tag_films using (tag)
    order by users desc, films, tag limit :most
""")


def film_tags(connection: Connection, movie_id: int, most: int) -> list[tuple[str, int]]:
    """A film's tags, each with how many people gave it; of equals those of fewer films first."""
    rows = connection.execute(FILM_TAGS, {"movie": identifier(movie_id), "most": most})
    return [(row.tag, row.users) for row in rows]


def rated_movies(
    connection: Connection, filters: RatingFilters, among: tuple[int, ...]
) -> pd.DataFrame:
    """Those of these films that have at least `min_ratings` ratings (1 where unset).

    Returns: movie_id, title, release_year, genres, ratings, average_rating (stars); by ratings,
    descending, then movie_id.
    """
    scope = Scope.of(connection, filters)
    wanted = [number for number in map(identifier, among) if number is not None]
    select = f"""
        {with_films(scope, "ratings", "half_stars")}
        select movie_id, title, movies.release_year, genres, ratings, {AVERAGE} as average_rating
        from films join movies using (movie_id)
        where ratings >= :min_ratings and movie_id = any(cast(:wanted as integer[]))
        order by ratings desc, movie_id
    """
    values = {"min_ratings": filters.min_ratings or 1, "wanted": wanted}
    return frame(connection, select, scope.bound | values)
