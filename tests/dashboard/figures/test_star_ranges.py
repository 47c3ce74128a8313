import pytest

from dashboard.figures.star_ranges import coverage
from dashboard.theme import DARK, LIGHT
from tests.dashboard.figures.test_model_quality import rows
from tests.dashboard.figures.validated import validated

STAGES = {"": 15, " given 10": 10, " given 1": 1}


@pytest.fixture
def two():
    return rows(
        default="",
        **{
            name: {
                "rmse": rmse,
                **{f"covered{stage}": 0.8 + n / 100 for stage, n in STAGES.items()},
                **{f"width{stage}": 3 - n / 10 for stage, n in STAGES.items()},
            }
            for name, rmse in (("worse", 0.9), ("better", 0.8))
        },
    )


def test_what_is_covered_and_how_wide_it_is_by_ratings_given(two):
    covered, width = (
        [
            trace
            for trace in validated(coverage(two, LIGHT)).data
            if trace.yaxis == axis and trace.name
        ]
        for axis in ("y", "y2")
    )
    assert [trace.name for trace in covered] == ["worse", "better"]  # the best lies on top
    assert list(covered[0].x) == [1, 10, 15]
    assert list(covered[0].y) == pytest.approx([0.81, 0.9, 0.95])
    assert list(width[0].y) == pytest.approx([2.9, 2.0, 1.5])
    assert [trace.showlegend for trace in covered + width] == [True, True, False, False]


def test_no_name_stands_beside_a_point(two):
    assert all("text" not in trace.mode for trace in validated(coverage(two, DARK)).data)


def test_a_model_of_which_a_measure_is_missing():
    validated(coverage(rows(only={"rmse": 0.9}), LIGHT)).to_json()


def test_no_title_stands_between_two_panels(two):
    """At 360 px the second's would lie on the first's points."""
    figure = validated(coverage(two, LIGHT))
    assert not any(axis.title.text for axis in figure.select_yaxes())
    titles = [axis.title.text for axis in figure.select_xaxes()]
    assert titles == [
        "Stars within the range,<br>by ratings given",
        "Width, stars,<br>by ratings given",
    ]
