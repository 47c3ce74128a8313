"""The table of all films: searched, sorted and cut into pages by the database."""

from collections.abc import Sequence

import pandas as pd
from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import AVERAGE, PRIOR, STANDARD_DEVIATION, WEIGHTED_SCORE, with_films
from db.queries.frames import frame
from db.queries.identifiers import LARGEST
from db.queries.scope import Scope
from db.queries.title_search import alike, has_words, having

# How SQL sorts by a column of the table; alphabetical order is alike on every server.
SORTS = {
    "movie_id": "movie_id",
    "title": "search_text",
    "release_year": "release_year",
    "genres": "genres",
    "ratings": "ratings",
    "average_rating": "average_rating",
    "standard_deviation": "standard_deviation",
    "weighted_score": "weighted_score",
}
TEXTS = ("title", "genres")  # columns of table movies
DIRECTIONS = ("asc", "desc")


def movie_table(
    connection: Connection,
    filters: RatingFilters,
    search: str = "",
    sort: Sequence[tuple[str, str]] = (("ratings", "desc"),),
    start: int = 0,
    stop: int = 100,
) -> tuple[pd.DataFrame, int]:
    """Rows `start` up to `stop` of the films that pass, and how many films there are in all.

    Films have at least `min_ratings` ratings (1 where unset), and `search` in their name or every
    word of it in title and year; where none has, a name that is nearly that. `sort` names columns
    of SORTS, each with "asc" or "desc"; unknown values come last.

    Returns: movie_id, title, release_year, genres, ratings, average_rating, standard_deviation,
    weighted_score (stars; among all films that pass the filters, searched for or not).
    Raises: ValueError for a sort that is none.
    """
    meant = having(connection, search)
    rows, total = _table(connection, filters, search, meant, sort, start, stop)
    if not total and (meant := alike(connection, search)):
        return _table(connection, filters, search, meant, sort, start, stop)
    return rows, total


def _table(
    connection: Connection,
    filters: RatingFilters,
    search: str,
    meant: list[int],
    sort: Sequence[tuple[str, str]],
    start: int,
    stop: int,
) -> tuple[pd.DataFrame, int]:
    """movie_table for films that have every word of `search` or are `meant` (movie_ids)."""
    scope = Scope.of(connection, filters)
    has_search, words = has_words(search)
    if meant:
        has_search = f"({has_search} or movie_id = any(cast(:meant as integer[])))"
    matching = "films" if has_search == "true" else "found"
    select = f"""
        {with_films(scope, "ratings", "half_stars", "squares")},
        prior as ({PRIOR}),
        found as materialized (
            select films.* from films join movies using (movie_id) where {has_search}
        ),
        counted as (select count(*) as total from {matching} where ratings >= :min_ratings)
    """
    start = min(max(start, 0), LARGEST)
    page = {"start": start, "count": min(max(stop - start, 0), LARGEST)}
    bound = scope.bound | words | {"meant": meant, "min_ratings": filters.min_ratings or 1}
    rows = frame(connection, select + _page(matching, sort), bound | page)
    totals = rows.pop("total")
    if rows.empty:  # nothing matches, or the page is past the end
        totals = frame(connection, f"{select} select total from counted", bound)["total"]
    return rows, int(totals.iloc[0])


def _page(matching: str, sort: Sequence[tuple[str, str]]) -> str:
    """Titles are wide: those of all films are looked at only to sort by them."""
    order = _order(sort)
    joined = any(column in TEXTS for column, _ in sort)
    return f"""
        select
            movie_id, title, movies.release_year, genres,
            ratings, average_rating, standard_deviation, weighted_score, total
        from (
            select
                movie_id, {matching}.release_year, ratings,
                {AVERAGE} as average_rating,
                {STANDARD_DEVIATION} as standard_deviation,
                {WEIGHTED_SCORE} as weighted_score
            from prior, {matching} {"join movies using (movie_id)" if joined else ""}
            where ratings >= :min_ratings
            order by {order}
            limit :count offset :start
        ) page
        cross join counted
        join movies using (movie_id)
        order by {order}
    """


def _order(sort: Sequence[tuple[str, str]]) -> str:
    """ORDER BY for known columns only; the number of ratings, then of the film, settles ties."""
    for column, direction in sort:
        if column not in SORTS or direction not in DIRECTIONS:
            raise ValueError(f"films can't be sorted by {column!r} {direction!r}")
    terms = [
        f"{SORTS[column]} {direction} {'nulls last' if column == 'release_year' else ''}"
        for column, direction in sort
    ]
    return ", ".join([*terms, "ratings desc", "movie_id"])
