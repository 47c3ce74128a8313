"""No filter, search or id makes a query fail, whatever a caller passes in."""

import pytest

from db import queries
from db.filters.rating_filters import RatingFilters
from tests.db.random_filters import HOSTILE_FILTERS, HOSTILE_TEXTS, HUGE


@pytest.mark.parametrize("filters", HOSTILE_FILTERS, ids=lambda filters: repr(filters)[:60])
def test_filters(connection, filters):
    for query in (queries.most_agreed, queries.summary):
        query(connection, filters)
    queries.movie_table(connection, filters, stop=1)


@pytest.mark.parametrize("movie", [*HUGE, True, 3.5, "318", "\0", None])
def test_film_numbers(connection, movie):
    assert queries.movie(connection, movie) is None or movie is True
    assert len(queries.movies(connection, [movie, 318])) >= 1
    assert 318 in queries.imdb_ids(connection, [movie, 318])
    if movie is not None:
        assert (
            queries.rating_distribution(connection, RatingFilters(), movie=movie).empty
            or movie is True
        )
    assert (
        len(queries.movie_by_month(connection, RatingFilters(), movie=movie)) == 0 or movie is True
    )
    queries.movie_ranks(connection, RatingFilters(), movie=movie)


@pytest.mark.parametrize("user", HUGE)
def test_user_numbers(connection, user):
    found = queries.user_similarity(connection, RatingFilters(), users=[user, 1])
    assert found["user_id"].to_list() == [1]


@pytest.mark.parametrize("text", HOSTILE_TEXTS)
def test_searches(connection, text):
    found = queries.search_movies(connection, text)
    rows, total = queries.movie_table(connection, RatingFilters(), search=text)
    matches_all = text == ""
    assert (len(found), total) == ((10, 9_066) if matches_all else (0, 0))
    assert len(rows) == (100 if matches_all else 0)


@pytest.mark.parametrize("start", HUGE)
def test_rows_out_of_the_table(connection, start):
    rows, total = queries.movie_table(connection, RatingFilters(), start=start, stop=start + 10)
    assert total == 9_066 and len(rows) <= 10
