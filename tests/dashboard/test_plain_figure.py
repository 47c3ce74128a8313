import pandas as pd
import pytest

from dashboard.plain_figure import PlainFigure
from dashboard.theme import DARK, LIGHT, TEMPLATES, figure
from tests.dashboard.figures.validated import validated


def test_what_is_none_is_left_out_and_columns_become_arrays():
    rows = pd.DataFrame({"x": [1, 2]})
    new = PlainFigure({}).add_scatter(x=rows["x"], y=None, line={"dash": None, "width": 2})
    [trace] = new["data"]
    assert list(trace["x"]) == [1, 2]
    assert set(trace) == {"type", "x", "line"} and trace["line"] == {"width": 2}


def test_a_layout_is_changed_down_to_single_properties():
    new = PlainFigure({}).update_layout(xaxis={"title": "Stars", "range": [0, 5]})
    new.update_layout(xaxis={"range": [1, 5]})
    assert new["layout"]["xaxis"] == {"title": {"text": "Stars"}, "range": [1, 5]}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_figures_share_a_template_that_none_changes(theme):
    new = figure(theme).update_layout(xaxis={"title": "Stars"}, font={"size": 30})
    assert new["layout"]["template"] is TEMPLATES[theme.name]
    assert validated(figure(theme))["layout"]["font"]["size"] is None
    assert TEMPLATES[theme.name]["layout"]["font"]["size"] == 13


@pytest.mark.parametrize(
    "wrong", [{"mode": "dots"}, {"marker": {"colour": "red"}}, {"x": [1], "errorx": {}}]
)
def test_what_plotly_does_not_know_is_found(wrong):
    with pytest.raises(ValueError):
        validated(PlainFigure({}).add_scatter(**wrong))


def test_what_plotly_writes_differently_is_found():
    with pytest.raises(AssertionError):
        validated(PlainFigure({"xaxis": {"title": "a string"}}))
