"""What pages ask beside charts, against plain pandas on the same ratings, under many filters."""

import pytest

from db import queries
from db.filters.rating_filters import RatingFilters
from tests.dashboard.charting.contract import assert_same
from tests.db import plain_pandas, plain_ratings
from tests.db.random_filters import FIXED, GENRES, random_queries

QUERIES = [*FIXED, *random_queries(20161016, 18, {"genre": GENRES})]


@pytest.fixture(scope="module")
def sample():
    return plain_ratings.sample()


@pytest.fixture(scope="module", params=QUERIES, ids=lambda query: query or "no filters")
def filters(request):
    found, problems = RatingFilters.from_query(request.param)
    assert not problems
    return found


@pytest.fixture(scope="module")
def passing(sample, filters):
    return plain_pandas.passing(sample, filters)


@pytest.mark.parametrize("movie", [318, 2710, 108583, 999_999_999])
def test_ranks_of_one_film(connection, passing, filters, movie):
    found = queries.movie_ranks(connection, filters, movie=movie)
    assert_same(found, plain_pandas.movie_ranks(passing, movie=movie))


def test_most_agreed(connection, passing, filters):
    films = plain_pandas.polarising_movies(passing, filters.min_ratings)
    found = queries.most_agreed(connection, filters)
    if films.empty:
        assert found is None
    else:
        least = films["standard_deviation"].min()
        agreed = films[films["standard_deviation"] < least + 1e-9]
        most_rated = agreed[agreed["ratings"] == agreed["ratings"].max()]
        assert found.movie_id == most_rated["movie_id"].min()


def test_summary(connection, passing, filters):
    found = queries.summary(connection, filters)
    expected = plain_pandas.summary(passing)
    for field in ("ratings", "users", "movies", "first", "last"):
        assert getattr(found, field) == expected[field], field
    assert (found.average_rating is None) == passing.empty
    assert found.average_rating is None or found.average_rating == pytest.approx(
        expected["average_rating"], rel=1e-12
    )
    assert found.density == pytest.approx(expected["density"], rel=1e-12)
    assert (found.users_estimated, found.users_margin) == (False, 0)
    assert found.listed == len(plain_pandas.film_table(passing, filters.min_ratings))


def test_table_of_films(connection, passing, filters):
    rows, total = queries.movie_table(connection, filters, stop=10_000)
    expected = plain_pandas.film_table(passing, filters.min_ratings)
    assert_same(*(each.sort_values("movie_id") for each in (rows, expected)))
    assert total == len(expected)


@pytest.mark.parametrize(
    "users", [(1, 2, 3), (547, 15, 15, 999_999), (999_999,), tuple(range(1, 101))]
)
def test_similarity_of_chosen_users(connection, sample, users):
    filters = RatingFilters(genres=("Comedy",))
    expected = plain_pandas.user_similarity(plain_pandas.passing(sample, filters), users)
    actual = queries.user_similarity(connection, filters, users=users)
    assert_same(actual, expected)


def test_ratings_by_release_year(connection, passing, filters):
    rows = queries.ratings_by_release_year(connection, filters)
    wanted = passing.groupby("release_year").size()  # leaves out films of unknown year
    assert dict(zip(rows["release_year"], rows["ratings"], strict=True)) == wanted.to_dict()
