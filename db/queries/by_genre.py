"""Films and ratings by genre: a film counts once in each of its genres."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import films, with_interval
from db.queries.frames import frame
from db.queries.scope import Scope

SUMS = ("ratings", "half_stars")
SPREAD = (*SUMS, "squares")
GENRE = ("genre", "genre_mask")  # either tells genres apart
DECADE = "release_year / 10 * 10"
SHARES = (OF_ALL, OF_CHOSEN) = ("all", "chosen")
BY_NAME = 'name collate "C"'  # alphabetical alike on every server


def movies_by_genre(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: genre, movies (rated), by genre."""
    scope = Scope.of(connection, filters)
    select = f"""
        with masks as (
            select genre_mask, count(*) as movies from ({films(scope)}) f group by genre_mask
        )
        select name as genre, sum(movies)::bigint as movies
        from masks join genre_sets using (genre_mask) join genres using (genre)
        group by name order by {BY_NAME}
    """
    return frame(connection, select, scope.bound)


def ratings_by_genre(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Returns: genre, ratings, average_rating (stars), low, high (its 95 % interval), by genre.

    The interval takes ratings as independent: how far the mean of so many would vary by chance.
    """
    scope = Scope.of(connection, filters)
    sums = f"""
        select name as genre, ratings, half_stars, squares
        from ({_by_genre(scope)}) r join genres using (genre)
    """
    return frame(connection, with_interval("genre", sums, 'genre collate "C"'), scope.bound)


def genre_by_decade(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Films of unknown release year have no decade.

    Returns: genre, decade (1990 for 1990 to 1999), ratings, average_rating (stars), low, high (its
    95 % interval, as of ratings_by_genre), by both.
    """
    scope = Scope.of(connection, filters)
    sums = f"""
        select name as genre, decade, ratings, half_stars, squares
        from ({_by_genre(scope, decade=DECADE)}) r join genres using (genre)
        where decade is not null
    """
    select = with_interval("genre, decade", sums, 'genre collate "C", decade')
    return frame(connection, select, scope.bound)


def genre_share_by_year(
    connection: Connection, filters: RatingFilters, share: str = OF_ALL
) -> pd.DataFrame:
    """Shares of one year add to more than 1, as films have several genres.

    share: OF_ALL, of the year's ratings that pass, those of other genres than the chosen ones too
    (else one genre alone would have 1 in every year); OF_CHOSEN, of those that pass.

    Returns: year (of rating), genre, ratings, share, by both.
    """
    scope = Scope.of(connection, filters)
    whole = Scope.of(connection, filters.leaving_out("genres") if share == OF_ALL else filters)
    plan = scope.plan("years", GENRE)
    by_mask = "genre_mask" in plan.rollup.dimensions
    key = "genre_mask" if by_mask else "genre"
    sums = _added(plan.select(f"{key}, {{year}} as year, ratings, half_stars"), key, "year")
    select = f"""
        with sums as materialized ({sums}),
        by_genre as ({_split("sums", "year") if by_mask else "select * from sums"}),
        totals as (
            select year, sum(ratings) as all_ratings
            from ({whole.plan("years").select("{year} as year, ratings")}) y group by year
        )
        select year, name as genre, ratings, ratings::float8 / all_ratings as share
        from by_genre join totals using (year) join genres using (genre)
        where {scope.dataset.has_times}
        order by year, {BY_NAME}
    """
    return frame(connection, select, whole.bound | scope.bound)


def _by_genre(scope: Scope, **keys: str) -> str:
    """SELECT of genre, the keys (name = expression), ratings, half_stars, squares: added up.

    A rollup by genre knows nothing of the other genres of a film, which filters on genres ask
    about: those are answered by sets of genres, and the few sums then split by genre.
    """
    named = [f"{expression} as {name}" for name, expression in keys.items()]
    columns = ", ".join([*named, *SPREAD])
    released = [("release_year",)] if "decade" in keys else []
    plan = scope.plan("totals", GENRE, *released)
    if "genre" in plan.rollup.dimensions:
        return _added(plan.select(f"genre, {columns}"), "genre", *keys, sums=SPREAD)
    masks = _added(plan.select(f"genre_mask, {columns}"), "genre_mask", *keys, sums=SPREAD)
    return _split(f"({masks})", *keys, sums=SPREAD)


def _split(masks: str, *keys: str, sums: Sequence[str] = SUMS) -> str:
    """Sums by set of genres (a table or a SELECT in brackets) as sums by genre."""
    names = ", ".join(["genre", *keys, *sums])
    split = f"select {names} from {masks} m join genre_sets using (genre_mask)"
    return _added(split, "genre", *keys, sums=sums)


def _added(rows: str, *keys: str, sums: Sequence[str] = SUMS) -> str:
    by = ", ".join(keys)
    added = ", ".join(f"sum({name})::bigint as {name}" for name in sums)
    return f"select {by}, {added} from ({rows}) r group by {by}"
