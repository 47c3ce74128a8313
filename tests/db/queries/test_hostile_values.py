"""No filter, search or id makes a query fail, whatever a caller passes in."""

import pytest

from db import queries
from db.filters.months import Month
from db.filters.rating_filters import RatingFilters

HOSTILE = ["\0", "\ud800", "'; drop table ratings; --", "%s %(x)s :x {x}", "\\", "x" * 100_000, ""]
HUGE = [-1, 0, 2**31, 2**63, 10**30, -(10**30)]

FILTERS = [
    *(RatingFilters(genres=(text,)) for text in HOSTILE),
    *(RatingFilters(without=(text, "War")) for text in HOSTILE),
    *(RatingFilters(released=(number, None)) for number in HUGE),
    *(RatingFilters(released=(None, number), min_ratings=number) for number in HUGE),
    *(RatingFilters(rated=(Month(year, 1), Month(9999, 12))) for year in (0, 1, 9999)),
    *(RatingFilters(rated=(None, Month(year, 6)), genres=("War", "Drama")) for year in (0, 9999)),
]

CHARTS = [
    queries.average_rating_by_month,
    queries.ratings_by_month,
    queries.rating_distribution,
    queries.ratings_per_user,
    queries.ratings_per_movie,
    queries.movies_by_genre,
    queries.ratings_by_genre,
    queries.genre_share_by_year,
    queries.genre_by_decade,
    queries.polarising_movies,
    queries.most_agreed,
    queries.user_averages,
    queries.summary,
]


@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: repr(filters)[:60])
def test_filters(connection, filters):
    for chart in CHARTS:
        chart(connection, filters)
    queries.movie_table(connection, filters, stop=1)


@pytest.mark.parametrize("movie", [*HUGE, True, 3.5, "318", "\0", None])
def test_film_numbers(connection, movie):
    assert queries.movie(connection, movie) is None or movie is True
    assert len(queries.movies(connection, [movie, 318])) >= 1
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


@pytest.mark.parametrize("text", HOSTILE)
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
