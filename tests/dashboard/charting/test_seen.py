"""Every chart draws its rows: each mark stands and says what the row has, and nothing else does."""

from collections import Counter

import numpy as np
import pandas as pd
import pytest

import app  # declares every page's charts
from dashboard.charting.chart import CHARTS
from dashboard.figures.genre_charts import ratings_by_genre
from dashboard.figures.star_bars import rating_distribution
from dashboard.state.view import View
from dashboard.theme import LIGHT
from tests.dashboard.charting.hover_words import seen, written
from tests.dashboard.charting.seen import SEEN
from tests.dashboard.charting.seen_of_both import SEEN_OF_BOTH

assert app.app, "the app is built once"

pytestmark = pytest.mark.usefixtures("evaluated", "mapped")

VIEWS = [
    "movie=296",
    "movie=296&genres=Crime,War&without=Horror&rated=2000-03..2009-10&min=5",
    "movie=296&users=15,73,547&released=1990-1999",
]


@pytest.mark.parametrize("query", VIEWS)
@pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
def test_what_is_seen_is_what_the_rows_have(chart, query, session):
    assert chart.id in SEEN, (
        f"chart {chart.id} does not say what is seen of it: write what each mark says on hovering"
        " into SEEN in tests/dashboard/charting/seen.py"
    )
    view = View.from_query(query)
    rows = chart.drawn(session, view)
    check(seen(chart.draw(rows, LIGHT, view, {})), Counter(SEEN[chart.id](rows)))


COMPARED = [
    "movie=296&genres=Drama&vs=genres%3DHorror",
    "movie=296&rated=..2004&vs=rated%3D2005..",
    "movie=296&genres=Crime&min=20&vs=without%3DWar%26released%3D-1999",
]


@pytest.mark.parametrize("query", COMPARED)
@pytest.mark.parametrize(
    "chart", [each for each in CHARTS.values() if each.versus], ids=lambda chart: chart.id
)
def test_of_two_sets_both_are_seen(chart, query, session):
    assert chart.id in SEEN_OF_BOTH, (
        f"chart {chart.id}: write what is seen of two sets into"
        " tests/dashboard/charting/seen_of_both.py"
    )
    view = View.from_query(query)
    rows, others = chart.drawn(session, view), chart.others(session, view)
    found = seen(chart.draw(rows, LIGHT, view, {}, others))
    check(found, Counter(SEEN_OF_BOTH[chart.id](rows, others)))


def check(found: Counter, wanted: Counter) -> None:
    assert found and found == wanted, (
        f"unexpected: {list((found - wanted).elements())[:5]},"
        f" missing: {list((wanted - found).elements())[:5]}"
    )


@pytest.mark.parametrize("chart", ["average-rating-by-month", "movie-by-month"])
def test_a_band_is_around_its_line(chart, session):
    view = View.from_query("movie=296")
    figure = CHARTS[chart].draw(CHARTS[chart].drawn(session, view), LIGHT, view, {})
    (line,) = (each for each in figure["data"] if each.get("name", "").startswith("Mean of"))
    means = pd.Series(line["y"], pd.to_datetime(line["x"]))
    bands = [each for each in figure["data"] if each.get("name") == "95 % interval"]
    assert sum(len(band["y"]) for band in bands) == 2 * means.notna().sum()
    for band in bands:
        months, ends = pd.to_datetime(band["x"]), np.asarray(band["y"])
        half = len(ends) // 2
        upper, lower = ends[:half], ends[half:][::-1]
        assert (months[:half] == months[half:][::-1]).all() and (upper > lower).all()
        assert (upper + lower) / 2 == pytest.approx(means[months[:half]].to_numpy())


ROWS = pd.DataFrame({"stars": [3.5, 4.0], "ratings": [1, 1999], "share": [0.0005, 0.9995]})


def test_what_a_mark_says_is_of_where_it_stands():
    right = seen(rating_distribution(ROWS, LIGHT))
    assert right == Counter(["3.5 stars: 1 ratings, 0.1%", "4 stars: 1,999 ratings, 100.0%"])
    wrong = rating_distribution(ROWS, LIGHT)
    wrong["data"][0]["x"] = wrong["data"][0]["x"] + 0.5
    assert seen(wrong) != right


@pytest.mark.parametrize("column", ["stars", "ratings"])
def test_another_column_is_seen(column):
    wrong = rating_distribution(ROWS.assign(share=ROWS[column]), LIGHT)
    assert seen(wrong) != Counter(SEEN["rating-distribution"](ROWS))


def test_an_interval_that_is_another_is_seen():
    rows = pd.DataFrame({"genre": ["War"], "ratings": [9], "average_rating": [3.0]})
    rows = rows.assign(low=2.5, high=3.25)
    figure = ratings_by_genre(rows, LIGHT)
    assert seen(figure) == Counter(SEEN["ratings-by-genre"](rows))
    bars = figure["data"][0]["error_x"]
    bars["array"], bars["arrayminus"] = bars["arrayminus"], bars["array"]
    assert seen(figure) != Counter(SEEN["ratings-by-genre"](rows))


def test_numbers_are_written_as_d3_writes_them():
    said = [written(0.5, ".2~%"), written(0.0021, ".2~%"), written(4.0), written(1234, ",")]
    assert said == ["50%", "0.21%", "4", "1,234"]
    assert written(pd.Timestamp(1999, 2, 1), "%B %Y") == "February 1999"
