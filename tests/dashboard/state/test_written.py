"""What callbacks return reaches the browser as Dash would write it."""

import json

import numpy as np
import pytest
from dash import dcc, html, no_update
from dash._utils import to_json

from dashboard.state.written import element, written

FOUND = [
    None,
    "words",
    no_update,
    html.P("One </script> & two"),
    [html.P("Seen"), None, 3, html.Div([html.Span(np.int64(4)), dcc.Link("to", href="/é")])],
    (html.Li(hidden=True), {"data": [1.5]}),
    html.Div([], id={"type": "graph", "chart": "top"}, **{"aria-label": "x"}),
    html.Div(html.Ol([html.Li([])]), style={"width": np.float64(0.1)}),
    dcc.Graph(figure={"data": [{"y": np.arange(3), "x": [float("nan"), "a"]}]}),
]


@pytest.mark.parametrize("found", FOUND)
def test_is_what_dash_writes(found):
    assert json.loads(to_json({"response": written(found)})) == json.loads(
        to_json({"response": found})
    )


def test_an_update_that_is_none_stays_one():
    assert written(no_update) is no_update
    assert written([no_update, html.P()])[0] is no_update


def test_what_has_no_json_is_refused():
    with pytest.raises(TypeError):
        written(html.P(object()))


def test_an_element_is_what_its_component_is_written_as():
    props = {"className": "shelf", "title": "é", "data-marks": "1"}
    for kind in (html.Div, html.Li):
        made, component = element(kind, [None, 3, "a"], **props), kind([None, 3, "a"], **props)
        assert made == component.to_plotly_json()
