"""Marks and cells: what they choose, take away and open."""

import pandas as pd
import pytest

import app  # noqa: F401  paths are below an app's prefix
from dashboard.charting.chart import CHARTS
from dashboard.charting.mark_click import MarkClick
from dashboard.charting.ways import CHOSEN, FILTERED, OPENED, address, links
from dashboard.state.payloads import UnusableInput
from dashboard.state.view import View


@pytest.mark.parametrize(
    ("query", "values", "target"),
    [
        ("", {"genre": "Drama"}, "?genres=Drama"),
        ("genres=Comedy&page=3", {"genre": "Drama"}, "?genres=Comedy,Drama"),
        ("genres=Comedy,Drama&min=20", {"genre": "Drama"}, "?genres=Comedy&min=20"),
        ("", {"month": "2005-03"}, "?rated=2005-03..2005-03"),
        ("rated=2001..2009", {"month": "2005-03"}, "?rated=2005-03..2005-03"),
        ("rated=2005-03", {"month": "2005-03"}, "?"),
        ("", {"year": "2005"}, "?rated=2005-01..2005-12"),
        ("rated=2005", {"year": "2005"}, "?"),
        ("", {"decade": "1990"}, "?released=1990-1999"),
        ("released=1990-1999&without=War", {"decade": "1990"}, "?without=War"),
        ("", {"genre": "Drama", "decade": "1990"}, "?genres=Drama&released=1990-1999"),
        ("genres=War", {"movie_id": "318"}, "/films/318"),
        ("", {"user_id": "15"}, "/taste?user=15"),
        ("genres=War", {"movie": "318"}, "?genres=War&movie=318"),
        ("genres=War&movie=6", {"movie": "318"}, "?genres=War&movie=318"),
        ("movie=318&order=deviation", {"movie": "318"}, "?order=deviation"),
    ],
)
def test_a_mark_leads_to_what_it_stands_for_and_back(query, values, target):
    assert address(View.from_query(query), values) == target


def test_a_cell_leads_where_its_mark_does():
    rows = pd.DataFrame({"month": [pd.Timestamp("2005-03-01")], "ratings": [7]})
    assert links(rows, View()) == {"month": ["?rated=2005-03..2005-03"]}


def test_a_films_title_leads_to_its_page():
    rows = pd.DataFrame({"movie_id": [318, 6], "title": ["One", "Two"]})
    assert links(rows, View()) == {"title": ["/films/318", "/films/6"]}


def test_a_click_is_read_where_the_chart_says():
    click = MarkClick.model_validate({"points": [{"x": "1990s", "y": "War", "customdata": [1, 2]}]})
    leads = (("genre", "y"), ("decade", "x"), ("movie_id", "customdata.1"))
    assert click.values(leads) == {"genre": "War", "decade": "1990", "movie_id": "2"}


@pytest.mark.parametrize("place", ["x", "customdata.7", "y.0"])
def test_a_click_on_nothing_is_refused(place):
    click = MarkClick.model_validate({"points": [{"y": "War", "customdata": [1]}]})
    with pytest.raises(UnusableInput):
        click.values((("month", place),))


def test_every_lead_is_known():
    leads = {column for chart in CHARTS.values() for column, _ in chart.leads}
    assert leads and leads <= FILTERED.keys() | OPENED.keys() | {CHOSEN}
