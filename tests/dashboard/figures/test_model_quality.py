import pandas as pd
import pytest

from dashboard.figures import model_quality
from dashboard.figures.model_quality import (
    calibration,
    learning_curve,
    quality_and_speed,
    trade_offs,
)
from dashboard.theme import DARK, LIGHT
from recommender.evaluate import predicted_stars
from tests.dashboard.figures.validated import validated


def rows(default: str = "m2", **values: dict[str, float]) -> pd.DataFrame:
    """Measures by model; intervals are 0.1 to each side."""
    lines = [
        (label, label == default, measure, value, value - 0.1, value + 0.1)
        for label, measures in values.items()
        for measure, value in measures.items()
    ]
    return pd.DataFrame(lines, columns=["label", "default", "measure", "value", "low", "high"])


@pytest.fixture
def many():
    """Twelve models, m0 to m11, each a little worse than the one before."""
    return rows(
        **{
            f"m{n}": {
                "ndcg@10": 0.5 - n / 50,
                "p95_ms": 1.0 + n,
                "fame": 0.5,
                "coverage": 0.1,
                "novelty": 3.0,
                "diversity": 0.5,
                **{f"ndcg@10 given {given}": 0.2 - n / 100 for given in (1, 3, 5, 10)},
            }
            for n in range(12)
        }
    )


def test_the_best_is_on_top_and_the_default_marked(many):
    figure = validated(quality_and_speed(many, LIGHT))
    quality, speed = figure.data
    assert list(quality.y[-3:]) == ["m2 (default)", "m1", "m0"]
    assert list(quality.y) == list(speed.y)
    assert quality.x[-1] == 0.5 and speed.x[-1] == 1.0
    assert list(quality.marker.color).count(LIGHT.accent) == 1


@pytest.mark.parametrize("draw", [quality_and_speed, learning_curve, trade_offs])
def test_no_name_stands_beside_a_point(many, draw):
    """Names on an axis or in a legend can't overlap, however narrow the screen."""
    for trace in validated(draw(many, DARK)).data:
        assert "text" not in (trace.mode or "")


def test_the_default_and_the_best_have_colours_and_the_others_none(many):
    figure = validated(learning_curve(many, LIGHT))
    named = [trace.name for trace in figure.data if trace.showlegend]
    assert named[::-1] == ["m2 (default)", "m0", "m1", "m3", "m4", "m5", "m6"]
    assert len({trace.line.color for trace in figure.data if trace.showlegend}) == 7
    assert {trace.line.color for trace in figure.data if not trace.showlegend} == {LIGHT.quiet}
    assert list(figure.data[-1].x) == [1, 3, 5, 10, 15]


def test_trade_offs_draw_every_model_against_four_virtues(many):
    figure = validated(trade_offs(many, LIGHT))
    assert len(figure.data) == 4 * 12
    assert len([trace for trace in figure.data if trace.showlegend]) == 7
    stars = [trace for trace in figure.data if trace.marker.symbol == "star"]
    assert {trace.name for trace in stars} == {"m2 (default)"} and len(stars) == 4


def test_calibration_draws_what_was_given_by_what_was_predicted():
    found = rows(default="", m={"rmse": 0.9, "actual at 3.5": 3.3, "actual at 3.0": 3.1})
    diagonal, line = validated(calibration(found, LIGHT)).data
    assert list(diagonal.x) == list(diagonal.y)
    assert (list(line.x), list(line.y)) == ([3.0, 3.5], [3.1, 3.3])
    assert model_quality.CALIBRATED == predicted_stars.CALIBRATED


def test_one_model_alone():
    found = rows(only={"ndcg@10": 0.3})
    for draw in (quality_and_speed, learning_curve, trade_offs):
        assert validated(draw(found, LIGHT)).data


def test_a_model_of_which_the_measure_is_missing():
    found = rows(only={"coverage": 0.3})
    for draw in (quality_and_speed, learning_curve, trade_offs, calibration):
        validated(draw(found, LIGHT)).to_json()
