"""Every chart draws its rows: each mark stands and says what the row has, and nothing else does."""

from collections import Counter

import pandas as pd
import pytest

import app  # declares every page's charts
from dashboard.charting.chart import CHARTS
from dashboard.figures.genre_charts import ratings_by_genre
from dashboard.figures.star_bars import rating_distribution
from dashboard.state.view import View
from dashboard.theme import LIGHT
from tests.dashboard.charting.seen import SEEN, seen, written

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
    found, wanted = seen(chart.draw(rows, LIGHT, view, {})), Counter(SEEN[chart.id](rows))
    assert found and found == wanted, (
        f"unexpected: {list((found - wanted).elements())[:5]},"
        f" missing: {list((wanted - found).elements())[:5]}"
    )


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
