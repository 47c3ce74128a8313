"""Every number of every chart against plain pandas on a million ratings, under random filters.

There the planner chooses among plans that the sample is too small for, and sums are larger.
"""

import random

import pytest

from benchmarks.scale.generator import generate
from db import queries
from db.filters.rating_filters import RatingFilters
from db.ingest.sources import Options, open_source
from db.ingest.swap import load
from db.store.engine import reading
from tests.db import plain_pandas
from tests.db.importing import emptied
from tests.db.queries.test_queries_against_pandas import CHARTS, GENRES, assert_same, random_filters

pytestmark = pytest.mark.slow

CHANCE = random.Random(1_000_000)
FILTERS = ["", *(random_filters(CHANCE, GENRES) for _ in range(7))]


@pytest.fixture(scope="module")
def million(second_server, tmp_path_factory):
    """A million generated ratings are loaded; they as plain pandas has them."""
    directory = tmp_path_factory.mktemp("million")
    generate(directory, 1_000_000)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        emptied()
        load(open_source(str(directory), Options(), lambda step, done: None))
        yield plain_pandas.movielens(directory)


@pytest.fixture(scope="module", params=FILTERS, ids=lambda query: query or "no filters")
def filters(request):
    found, problems = RatingFilters.from_query(request.param)
    assert not problems
    return found


@pytest.fixture(scope="module")
def passing(million, filters):
    return plain_pandas.passing(million, filters)


@pytest.fixture
def connection(million):
    with reading() as connection:
        yield connection


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_chart(connection, passing, filters, chart):
    expected = getattr(plain_pandas, chart.__name__)(passing)
    assert_same(chart(connection, filters), expected, CHARTS[chart])


@pytest.mark.parametrize(
    "chart", [queries.polarising_movies, queries.top_movies], ids=lambda chart: chart.__name__
)
def test_list_of_films(connection, passing, filters, chart):
    actual = chart(connection, filters)
    expected = getattr(plain_pandas, chart.__name__)(passing, filters.min_ratings)
    assert_same(actual, expected, ["movie_id"])
    limited = chart(connection, filters, limit=7)
    assert list(limited["movie_id"]) == list(actual["movie_id"][:7])


def test_most_rated_film(connection, passing, filters):
    counts = passing.groupby("movie_id").size()
    movie = 1 if counts.empty else int(counts.idxmax())
    expected = plain_pandas.movie_by_month(passing, movie=movie)
    assert_same(queries.movie_by_month(connection, filters, movie=movie), expected, ["month"])


def test_table_of_films(connection, passing, filters):
    rows, total = queries.movie_table(connection, filters, stop=100_000)
    expected = plain_pandas.film_table(passing, filters.min_ratings)
    assert_same(rows, expected, ["movie_id"])
    assert total == len(expected)


def test_summary(connection, passing, filters):
    found, expected = queries.summary(connection, filters), plain_pandas.summary(passing)
    for field in ("ratings", "users", "movies", "first", "last"):
        assert getattr(found, field) == expected[field], field
