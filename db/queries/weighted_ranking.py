"""Films in order of their weighted score: the best of all, and one film's place in its genres."""

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import (
    AVERAGE,
    NORMAL,
    PRIOR,
    SPREAD_WITHIN_FILMS,
    WEIGHTED_SCORE,
    with_films,
)
from db.queries.frames import frame
from db.queries.identifiers import identifier
from db.queries.scope import Scope


def top_movies(
    connection: Connection, filters: RatingFilters, limit: int | None = None
) -> pd.DataFrame:
    """Films with at least `min_ratings` ratings (1 where unset), the best first.

    Returns: movie_id, title, release_year, genres, ratings, average_rating (stars), weighted_score
    (stars), low, high (its 95 % interval, as if ratings were independent and vary around each
    film's mean alike); by weighted_score, then ratings, descending, then movie_id.
    """
    scope = Scope.of(connection, filters)
    order = "weighted_score desc, ratings desc, movie_id"
    first = f"order by {order} limit :limit" if limit is not None else ""
    select = f"""
        {with_films(scope, "ratings", "half_stars", "squares")},
        prior as ({PRIOR}),
        best as (
            select movie_id, ratings,
                {AVERAGE} as average_rating,
                {WEIGHTED_SCORE} as weighted_score,
                {NORMAL} * sqrt(ratings) / (ratings + weight) as standard_errors
            from films, prior
            where ratings >= :min_ratings
            {first}
        ),
        spread as ({SPREAD_WITHIN_FILMS})
        select movie_id, title, release_year, genres, ratings, average_rating, weighted_score,
            weighted_score - standard_errors * deviation as low,
            weighted_score + standard_errors * deviation as high
        from best join movies using (movie_id), spread
        order by {order}
    """
    values = {"min_ratings": filters.min_ratings or 1, "limit": limit}
    return frame(connection, select, scope.bound | values)


def movie_ranks(connection: Connection, filters: RatingFilters, movie: int) -> pd.DataFrame:
    """One film's place by weighted score among all rated films of each of its genres.

    `min_ratings` plays no part. Equal scores share the better rank.

    Returns: genre, rank (1 is best), movies (rated, of that genre), by genre; none where the film
    has no genre or doesn't pass the filters.
    """
    scope = Scope.of(connection, filters)
    select = f"""
        {with_films(scope, "ratings", "half_stars")},
        prior as ({PRIOR}),
        scored as (
            select movie_id, genre_mask, {WEIGHTED_SCORE} as weighted_score from films, prior
        ),
        own as (select * from scored where movie_id = :movie)
        select
            name as genre,
            1 + count(*) filter (where scored.weighted_score > own.weighted_score) as rank,
            count(*) as movies
        from own
        join genres on own.genre_mask & (1::bigint << genre) <> 0
        join scored on scored.genre_mask & (1::bigint << genre) <> 0
        group by name order by name collate "C"
    """
    return frame(connection, select, scope.bound | {"movie": identifier(movie)})
