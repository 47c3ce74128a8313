"""One contract for every chart that a page declares: a new chart is tested by being declared."""

import json
from functools import partial

import pandas as pd
import pytest
from dash._utils import to_json

import app  # declares every page's charts
from dashboard.charting import chart, ways
from dashboard.charting.chart import CHARTS
from dashboard.components import chart_card, table_data
from dashboard.state import cache
from dashboard.state.view import View
from dashboard.theme import THEMES
from db import queries
from db.filters.rating_filters import RatingFilters
from tests.dashboard.figures.validated import validated
from tests.db.random_filters import HOSTILE_FILTERS

assert app.app, "the app is built once"

pytestmark = pytest.mark.usefixtures("evaluated", "mapped")

VIEWS = [
    "movie=296",
    "movie=296&genres=Drama&released=1990-1999",
    "movie=296&genres=Crime,War&without=Horror&rated=2000-03..2009-10&min=5",
    "movie=296&users=15,73,547",
]
LARGEST = 300_000  # bytes of a figure's JSON: more makes the page slow to draw


def plain_json(figure) -> dict:
    """As the browser gets it, checked by Plotly."""
    validated(figure)
    return json.loads(to_json(figure))


@pytest.fixture(params=VIEWS)
def view(request) -> View:
    return View.from_query(request.param)


@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
class TestEveryChart:
    def test_says_what_it_shows(self, chart):
        assert chart.title
        assert chart.about.endswith(".")
        assert chart_card(chart)

    @pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
    def test_draws_its_rows(self, chart, theme, view, session):
        rows = chart.drawn(session, view)
        assert len(rows), "the views are chosen so that every chart has something to show"
        figure = plain_json(chart.figure(rows, theme))
        assert len(json.dumps(figure)) < LARGEST
        assert figure["data"]
        for trace in figure["data"]:
            assert trace.get("hovertemplate") or trace.get("hoverinfo") == "skip"
            assert len(trace["y"])
        for axis in ("xaxis", "yaxis"):
            drawn = figure["layout"].get(axis, {})
            named = drawn.get("title", {}).get("text") or drawn.get("visible") is False
            categories = all(
                isinstance(value, str) for trace in figure["data"] for value in trace[axis[0]]
            )
            below = axis == "yaxis" and "xaxis2" in figure["layout"]  # of panels says both
            assert named or categories or below, (
                f"{axis} of {chart.id} has neither a title nor names"
            )

    def test_one_row_does_not_break_it(self, chart, session):
        rows = chart.read(session, View.from_query(VIEWS[0])).head(1)
        plain_json(chart.figure(rows, THEMES["light"]))

    def test_draws_the_head_of_its_rows(self, chart, view, session):
        shown, rows = chart.drawn(session, view), chart.read(session, view)
        assert shown.equals(rows.head(len(shown)))
        assert len(shown) == min(len(rows), chart.limit or len(rows))

    def test_has_a_table(self, chart, view, session):
        rows = chart.read(session, view)
        table = table_data(rows, chart.title, partial(ways.links, view=view))
        assert len(table["rows"]) == min(len(rows), 200)
        assert {len(row) for row in table["rows"]} == {len(rows.columns)}
        assert all(isinstance(cell, str) for row in table["rows"] for cell in row)
        assert all(len(targets) == len(table["rows"]) for targets in table["links"].values())
        assert chart.title in table["caption"]


def test_warming_asks_what_pages_show_without_filters(session):
    cache.clear()
    chart.warm()
    for each in CHARTS.values():
        if each.remembered and not each.needs_movie:
            before = len(cache._answers)
            each.drawn(session, View())
            assert len(cache._answers) == before, f"{chart.id} was not warm"


def test_types_hold_without_rows(session):
    nothing, everything = View.from_query("genres=No such genre"), View.from_query("movie=318")
    for each in CHARTS.values():
        if each.remembered and not each.needs_movie:
            empty, full = each.read(session, nothing), each.read(session, everything)
            assert len(empty) == 0 < len(full), each.id
            assert list(empty.dtypes) == list(full.dtypes), each.id
    months = queries.ratings_by_month(session.connection, RatingFilters())["month"]
    assert months.dtype == "datetime64[s]" and months.iloc[0] == pd.Timestamp("1995-01-01")


@pytest.mark.parametrize("filters", HOSTILE_FILTERS, ids=lambda filters: repr(filters)[:60])
def test_no_filter_makes_a_chart_fail(session, filters):
    for each in CHARTS.values():
        if each.remembered:
            each.read(session, View(filters=filters, movie=318))
