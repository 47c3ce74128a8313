"""Films and ratings by genre: a film counts once in each of its genres."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import NORMAL, STANDARD_DEVIATION, films
from db.queries.frames import frame
from db.queries.scope import Scope

AVERAGE = "half_stars::float8 / (2 * ratings) as average_rating"
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
    select = f"""
        select genre, ratings, average_rating, average_rating - half as low,
            average_rating + half as high
        from (
            select name as genre, ratings, {AVERAGE},
                {NORMAL} * {STANDARD_DEVIATION} / sqrt(ratings) as half
            from ({_by_genre(scope, SPREAD)}) r join genres using (genre)
        ) g
        order by genre collate "C"
    """
    return frame(connection, select, scope.bound)


def genre_by_decade(connection: Connection, filters: RatingFilters) -> pd.DataFrame:
    """Films of unknown release year have no decade.

    Returns: genre, decade (1990 for 1990 to 1999), ratings, average_rating (stars), by both.
    """
    scope = Scope.of(connection, filters)
    select = f"""
        select name as genre, decade, ratings, {AVERAGE}
        from ({_by_genre(scope, decade=DECADE)}) r join genres using (genre)
        where decade is not null
        order by {BY_NAME}, decade
    """
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


def _by_genre(scope: Scope, sums: Sequence[str] = SUMS, **keys: str) -> str:
    """SELECT of genre, the keys (name = expression) and the sums, added up by them.

    A rollup by genre knows nothing of the other genres of a film, which filters on genres ask
    about: those are answered by sets of genres, and the few sums then split by genre.
    """
    named = [f"{expression} as {name}" for name, expression in keys.items()]
    columns = ", ".join([*named, *sums])
    released = [("release_year",)] if "decade" in keys else []
    plan = scope.plan("totals", GENRE, *released)
    if "genre" in plan.rollup.dimensions:
        return _added(plan.select(f"genre, {columns}"), "genre", *keys, sums=sums)
    masks = _added(plan.select(f"genre_mask, {columns}"), "genre_mask", *keys, sums=sums)
    return _split(f"({masks})", *keys, sums=sums)


def _split(masks: str, *keys: str, sums: Sequence[str] = SUMS) -> str:
    """Sums by set of genres (a table or a SELECT in brackets) as sums by genre."""
    names = ", ".join(["genre", *keys, *sums])
    split = f"select {names} from {masks} m join genre_sets using (genre_mask)"
    return _added(split, "genre", *keys, sums=sums)


def _added(rows: str, *keys: str, sums: Sequence[str] = SUMS) -> str:
    by = ", ".join(keys)
    added = ", ".join(f"sum({name})::bigint as {name}" for name in sums)
    return f"select {by}, {added} from ({rows}) r group by {by}"
