"""What the server says that a page will ask is what its callbacks take from the page."""

import json

import pytest

from dashboard import ids
from dashboard.wanted_posts import wanted_posts

ADDRESS, VIEW = {"path": "/", "search": ""}, {"query": "min=7", "by": "url"}


def callback(output, inputs, state=(), **more) -> dict:
    def parts(names):
        return [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]

    declared = {"prevent_initial_call": False, "clientside_function": None}
    return declared | {"output": output, "inputs": parts(inputs), "state": parts(state)} | more


def component(id, *children, **props) -> dict:
    kind = {"type": "Div", "namespace": "dash_html_components"}
    return kind | {"props": {"id": id, "children": list(children)} | props}


PAGE = component(
    "page",
    "words",
    component("words"),
    component("field", value="typed"),
    component({"type": "graph", "chart": "one"}),
    component({"type": "graph", "chart": "other"}),
)
WORDS = callback("words.children", [f"{ids.VIEW}.data"])
GRAPHS = callback(
    '..{"chart":["MATCH"],"type":"graph"}.figure...words.title..',
    [f"{ids.VIEW}.data", f"{ids.THEME}.data"],
    ['{"chart":["MATCH"],"type":"graph"}.id', "nowhere.data"],
)


def wanted(*callbacks) -> list[dict]:
    return wanted_posts(list(callbacks), [PAGE], ADDRESS, VIEW)


def test_words_come_before_charts_with_the_view_that_the_address_says():
    words, one, other = wanted(GRAPHS, WORDS)
    assert words == {
        "output": "words.children",
        "outputs": {"id": "words", "property": "children"},
        "inputs": [{"id": ids.VIEW, "property": "data", "value": VIEW}],
    }
    assert [post["outputs"][0]["id"]["chart"] for post in (one, other)] == ["one", "other"]


def test_a_charts_post_has_its_own_id_and_leaves_the_theme_to_the_browser():
    [one, _] = wanted(GRAPHS)
    assert one["output"] == GRAPHS["output"]
    assert one["inputs"][1] == {"id": ids.THEME, "property": "data", "value": None}
    own, nowhere = one["state"]
    assert own["value"] == {"type": "graph", "chart": "one"}
    assert nowhere == {"id": "nowhere", "property": "data"}


def test_what_a_field_holds_is_posted():
    [post] = wanted(callback("words.children", [f"{ids.URL}.data", "field.value"]))
    assert [each["value"] for each in post["inputs"]] == [ADDRESS, "typed"]


@pytest.mark.parametrize(
    "left_out",
    [
        callback("words.children", [f"{ids.VIEW}.data"], prevent_initial_call=True),
        callback("words.children", [f"{ids.VIEW}.data"], clientside_function={"namespace": "a"}),
        callback("absent.children", [f"{ids.VIEW}.data"]),
        callback("words.children", [f"{ids.VIEW}.data", "absent.value"]),
        callback("words.children", ["field.value"]),
    ],
)
def test_what_the_page_will_not_ask_so_is_left_out(left_out):
    assert wanted(left_out) == []


def test_what_another_callback_makes_is_not_known_yet():
    makes = callback("field.value", ["page.title"])
    assert wanted(makes, callback("words.children", [f"{ids.VIEW}.data", "field.value"])) == []


def test_it_is_plain_json():
    assert json.loads(json.dumps(wanted(GRAPHS))) == wanted(GRAPHS)
