"""Every row of every chart against plain pandas where films are tagged, under filters by tag."""

from dataclasses import replace

import numpy as np
import pytest

import app  # declares every page's charts
from dashboard.charting.chart import CHARTS
from dashboard.state.session import session as open_session
from dashboard.state.view import View
from db import queries
from db.ingest.sources import SOURCES
from db.ingest.swap import load
from tests.dashboard.charting.contract import check_rows, expected, no_rating_read
from tests.db import plain_pandas, plain_ratings
from tests.db.importing import emptied, tag_table
from tests.db.random_filters import GENRES, random_queries

assert app.app, "the app is built once"

NAMES = ["dark comedy", "space, and time", "seen twice", "100%", "_", "éclair"]
QUERIES = [
    "tag=Dark Comedy",
    "tag=space, and time&rated=2000-03..2009-10",
    "tag=no such tag",
    *random_queries(7, 12, {"genre": GENRES, "tag": NAMES}),
]
OF_RATINGS = [chart for chart in CHARTS.values() if chart.id in plain_pandas.ORACLES]


@pytest.fixture(scope="module")
def tagged(second_server):
    """The sample with tags of our own is loaded; it as plain pandas has it."""
    ratings = plain_ratings.sample()
    random = np.random.default_rng(3)
    films = np.sort(ratings["movie_id"].unique())
    carried = {name: set(random.choice(films, 30 + 60 * i)) for i, name in enumerate(NAMES)}
    rows = [(1, film, name.title()) for name, some in carried.items() for film in sorted(some)]
    by_film = {film: {n for n, some in carried.items() if film in some} for film in films}
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        emptied()
        load(replace(SOURCES["sample"](), tags=tag_table(rows)))
        yield ratings.assign(tags=ratings["movie_id"].map(by_film))


@pytest.fixture
def session(tagged):
    with open_session() as current:
        yield current


@pytest.fixture(scope="module", params=QUERIES)
def view(request) -> View:
    found = View.from_query(request.param)
    assert not found.problems
    return found


@pytest.fixture(scope="module")
def passing(tagged, view):
    return plain_pandas.passing(tagged, view.filters)


@pytest.mark.parametrize("chart", OF_RATINGS, ids=lambda chart: chart.id)
def test_rows_are_the_oracles(session, tagged, passing, view, chart):
    asked = View(filters=view.filters, movie=318) if chart.needs_movie else view
    with no_rating_read(session.connection, chart):
        rows = chart.read(session, asked)
    check_rows(chart, rows, expected(chart, passing, asked, session, tagged))


def test_summary(session, passing, view):
    found, wanted = queries.summary(session.connection, view.filters), plain_pandas.summary(passing)
    for field in ("ratings", "users", "movies", "first", "last"):
        assert getattr(found, field) == wanted[field], field


def test_what_is_tagged_is_not_empty(tagged, session):
    for name in NAMES:
        view = View.from_query(f"tag={name.replace('%', '%25')}")
        assert queries.summary(session.connection, view.filters).ratings > 100, name


def test_a_films_tags_are_the_filters(tagged):
    """Those that the most users gave first; of equals those of fewer films."""
    film = 318
    carried = tagged.loc[tagged["movie_id"] == film, "tags"].iloc[0]
    with open_session() as current:
        tags = queries.film_tags(current.connection, film, 50)
        assert len(queries.film_tags(current.connection, film, 1)) == min(1, len(carried))
        for tag, users in tags:
            passes = queries.summary(current.connection, View.from_query(f"tag={tag}").filters)
            assert users == 1 and passes.movies > 0
    assert sorted(tag for tag, _ in tags) == sorted(carried)
