import pandas as pd
import pytest

from dashboard.figures.timelines import average_rating_by_month, movie_by_month, ratings_by_month
from dashboard.theme import LIGHT
from tests.dashboard.figures.validated import validated

ROWS = pd.DataFrame(
    {
        "month": pd.to_datetime(["2000-01-01", "2000-02-01", "2001-05-01"]),
        "ratings": [40, 10, 90],
        "average_rating": [3.0, 5.0, 3.5],
        "cumulative_ratings": [40, 50, 140],
    }
)


@pytest.mark.parametrize("draw", [average_rating_by_month, ratings_by_month, movie_by_month])
def test_no_panel_has_a_second_y_axis(draw):
    axes = validated(draw(ROWS, LIGHT)).to_plotly_json()["layout"]
    assert not [name for name, axis in axes.items() if "overlaying" in str(axis)]


def test_charts_of_the_same_months_begin_and_end_at_the_same_place():
    first, second = (
        validated(average_rating_by_month(ROWS, LIGHT)),
        validated(ratings_by_month(ROWS, LIGHT)),
    )
    assert first.layout.xaxis.range == second.layout.xaxis.range
    assert first.layout.xaxis.range[0] < ROWS["month"].min()
    assert first.layout.margin.l == second.layout.margin.l > 0
    assert not any(each.automargin for new in (first, second) for each in new.select_yaxes())


def test_the_band_has_no_part_where_the_line_has_none():
    months = pd.date_range("1980-01-01", periods=200, freq="MS")
    months = months.append(pd.date_range("1999-01-01", periods=200, freq="MS"))
    rows = pd.DataFrame({"month": months, "ratings": 50, "average_rating": [3.0, 4.0] * 200})
    drawn = validated(average_rating_by_month(rows, LIGHT)).data
    bands = [trace for trace in drawn if trace.fill == "toself"]
    assert [band.showlegend for band in bands] == [True, False]
    assert max(bands[0].x) < min(bands[1].x)
    assert pd.isna(drawn[-1].y).any()


@pytest.mark.parametrize("draw", [average_rating_by_month, ratings_by_month, movie_by_month])
def test_few_months_are_named_one_by_one_and_not_by_moments_of_a_day(draw):
    few, many = validated(draw(ROWS[:1], LIGHT)), validated(draw(ROWS, LIGHT))
    assert (few.layout.xaxis.dtick, few.layout.xaxis.tickformat) == ("M1", "%b %Y")
    assert many.layout.xaxis.dtick is None


def test_a_month_alone_is_seen():
    bar, total = validated(ratings_by_month(ROWS[:1], LIGHT)).data
    assert bar.width > 20 * 86_400_000 and "markers" in total.mode
