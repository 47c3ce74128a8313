"""Every row of every chart against plain pandas on the same ratings, under many filters."""

from dataclasses import replace

import pytest

import app  # declares every page's charts
from dashboard.charting.chart import CHARTS
from dashboard.state.view import View
from tests.dashboard.charting.contract import check_rows, expected, no_rating_read
from tests.db import plain_pandas, plain_ratings
from tests.db.random_filters import FIXED, GENRES, random_queries

assert app.app, "the app is built once"

pytestmark = pytest.mark.usefixtures("evaluated", "mapped")

QUERIES = [*FIXED, *random_queries(20161016, 18, {"genre": GENRES})]
OF_FILMS = ("movie=318", "movie=108583")
ASKED = {
    "movie": OF_FILMS,
    "users": ("", "users=15,73,547,999999"),
    "share": ("", "share=chosen"),
    "within": (
        "",
        "within=agreement,3.003..4.003,-0.507..0.203",
        "within=deviation,2.507..4.107,1.007..1.407",
    ),
}


@pytest.fixture(scope="module")
def sample():
    return plain_ratings.sample()


@pytest.fixture(scope="module", params=QUERIES, ids=lambda query: query or "no filters")
def view(request) -> View:
    found = View.from_query(request.param)
    assert not found.problems
    return found


@pytest.fixture(scope="module")
def passing(sample, view):
    return plain_pandas.passing(sample, view.filters)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_rows_are_the_oracles(session, sample, passing, view, chart):
    for more in next((asks for name, asks in ASKED.items() if name in chart.parameters), ("",)):
        asked = replace(View.from_query(more), filters=view.filters)
        with no_rating_read(session.connection, chart):
            rows = chart.read(session, asked)
        check_rows(chart, rows, expected(chart, passing, asked, session, sample))
        if chart.limit:
            assert chart.drawn(session, asked).equals(rows.head(chart.limit))
