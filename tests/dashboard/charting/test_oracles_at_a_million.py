"""Every row of every chart against plain pandas on a million ratings, under random filters.

There the planner chooses among plans that the sample is too small for, and sums are larger.
"""

import pytest

import app  # declares every page's charts
from benchmarks.scale.generator import generate
from dashboard.charting.chart import CHARTS
from dashboard.state.session import session as open_session
from dashboard.state.view import View
from db import queries
from db.ingest.sources import Options, open_source
from db.ingest.swap import load
from tests.dashboard.charting.contract import assert_same, check_rows, expected, no_rating_read
from tests.db import plain_pandas, plain_ratings
from tests.db.importing import emptied
from tests.db.random_filters import GENRES, random_queries

assert app.app, "the app is built once"

pytestmark = pytest.mark.slow

QUERIES = ["", *random_queries(1_000_000, 7, {"genre": GENRES})]
OF_RATINGS = [chart for chart in CHARTS.values() if chart.id in plain_pandas.ORACLES]


@pytest.fixture(scope="module")
def million(second_server, tmp_path_factory):
    """A million generated ratings are loaded; they as plain pandas has them."""
    directory = tmp_path_factory.mktemp("million")
    generate(directory, 1_000_000)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        emptied()
        load(open_source(str(directory), Options(), lambda step, done: None))
        yield plain_ratings.movielens(directory)


@pytest.fixture
def session(million):
    with open_session() as current:
        yield current


@pytest.fixture(scope="module", params=QUERIES, ids=lambda query: query or "no filters")
def view(request) -> View:
    return View.from_query(request.param)


@pytest.fixture(scope="module")
def passing(million, view):
    return plain_pandas.passing(million, view.filters)


@pytest.mark.parametrize("chart", OF_RATINGS, ids=lambda chart: chart.id)
def test_rows_are_the_oracles(session, million, passing, view, chart):
    asked = View(filters=view.filters, movie=_most_rated(passing)) if chart.needs_movie else view
    with no_rating_read(session.connection, chart):
        rows = chart.read(session, asked)
    check_rows(chart, rows, expected(chart, passing, asked, session, million))
    if chart.limit:
        assert chart.drawn(session, asked).equals(rows.head(chart.limit))


def _most_rated(ratings) -> int:
    counts = ratings.groupby("movie_id").size()
    return 1 if counts.empty else int(counts.idxmax())


def test_table_of_films(session, passing, view):
    rows, total = queries.movie_table(session.connection, view.filters, stop=100_000)
    wanted = plain_pandas.film_table(passing, view.filters.min_ratings)
    assert_same(*(each.sort_values("movie_id") for each in (rows, wanted)))
    assert total == len(wanted)


def test_summary(session, passing, view):
    found = queries.summary(session.connection, view.filters)
    wanted = plain_pandas.summary(passing)
    for field in ("ratings", "users", "movies", "first", "last"):
        assert getattr(found, field) == wanted[field], field
