import pandas as pd
import pytest

from dashboard.figures.leanings import MEASURES, along_surprise
from dashboard.theme import DARK, LIGHT
from tests.dashboard.figures.validated import validated


def rows(*lines: tuple[str, float, float]) -> pd.DataFrame:
    found = pd.DataFrame(lines, columns=["measure", "surprise", "value"])
    return found.assign(label="Blend", low=found["value"] - 0.1, high=found["value"] + 0.2)


def test_a_panel_for_each_measure_from_popular_to_surprising():
    levels = (0.4, -1.0, 0.0)
    found = rows(*((measure, level, 0.5 + level / 10) for measure in MEASURES for level in levels))
    figure = validated(along_surprise(found, LIGHT))
    assert len(figure.data) == len(MEASURES)
    assert len({trace.yaxis for trace in figure.data}) == len(MEASURES)
    for trace in figure.data:
        assert list(trace.x) == [-1.0, 0.0, 0.4]
        assert list(trace.y) == pytest.approx([0.4, 0.5, 0.54])
        assert list(trace.error_y.array) == pytest.approx([0.2] * 3)
        assert "text" not in trace.mode


def test_a_measure_without_an_interval_or_not_there_at_all():
    found = rows(("coverage", 0.0, 0.1)).assign(low=None, high=None)
    assert len(validated(along_surprise(found, DARK)).data) == 1
    assert validated(along_surprise(found, DARK)).to_json()


def test_no_title_stands_between_two_panels():
    """At 360 px the second's would lie on the first's points."""
    figure = validated(along_surprise(rows(("fame", 0.0, 0.5)), LIGHT))
    assert not any(axis.title.text for axis in figure.select_yaxes())
    assert [axis.title.text for axis in figure.select_xaxes()] == [*MEASURES.values()]
