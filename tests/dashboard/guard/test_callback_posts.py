"""What pages send gets through, with Dash's own answer; nothing else does."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

OUTPUTS = (
    "greeting.children",
    "..one.children...two.title..",
    '{"index":["MATCH"],"type":"out"}.children',
    '..{"index":["ALL"],"type":"stars"}.value...name.className..',
)


def post(client, body, path="/_dash-update-component", **options):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    return client.post(path, data=raw, **{"content_type": "application/json"} | options)


def test_every_kind_of_callback_gets_through(app, client, well_formed):
    answered_here = [output for output, each in app.callback_map.items() if "callback" in each]
    expected = dict.fromkeys(answered_here, 200)
    expected |= {each: 204 for each in answered_here if app.callback_map[each]["no_output"]}
    expected |= {each: 400 for each in answered_here if "failure" in each or "_pages" in each}
    posts = {each: well_formed(app.callback_map, each, 1) for each in answered_here}
    assert len(posts) == 9
    assert {each: post(client, body).status_code for each, body in posts.items()} == expected


def test_answers_are_dashs_own(client):
    body = {
        "output": "greeting.children",
        "outputs": {"id": "greeting", "property": "children"},
        "inputs": [{"id": "name", "property": "value", "value": "Ada"}],
        "state": [{"id": "store", "property": "data"}],
        "changedPropIds": ["name.value"],
        "parsedChangedPropsIds": ["name.value"],
    }
    answer = post(client, body)
    assert answer.json == {"multi": True, "response": {"greeting": {"children": "Hello Ada None"}}}


def test_match_and_allsmaller(client):
    body = {
        "output": '{"index":["MATCH"],"type":"out"}.children',
        "outputs": {"id": {"index": 2.5, "type": "out"}, "property": "children"},
        "inputs": [{"id": {"index": 2.5, "type": "stars"}, "property": "value", "value": 4}],
        "state": [[{"id": {"index": 1, "type": "stars"}, "property": "value", "value": 3}]],
        "changedPropIds": ['{"index":2.5,"type":"stars"}.value'],
    }
    answer = post(client, body)
    assert answer.json["response"] == {'{"index":2.5,"type":"out"}': {"children": "4 after [3]"}}
    body["inputs"][0]["id"]["index"] = 2  # not the component of the output
    assert post(client, body).status_code == 400


def test_all_may_be_none(client):
    body = {
        "output": '..{"index":["ALL"],"type":"stars"}.value...name.className..',
        "outputs": [[], {"id": "name", "property": "className"}],
        "inputs": [{"id": "button", "property": "n_clicks"}],
        "state": [[]],
        "changedPropIds": [],
    }
    assert post(client, body).json["response"] == {"name": {"className": "raised"}}


def test_duplicate_output(app, client):
    output = next(each for each in app.callback_map if each.startswith("greeting.children@"))
    property_ = output.removeprefix("greeting.")
    body = {
        "output": output,
        "outputs": {"id": "greeting", "property": property_},
        "inputs": [{"id": "button", "property": "n_clicks", "value": 7}],
        "changedPropIds": ["button.n_clicks"],
    }
    assert post(client, body).json["response"] == {"greeting": {"children": "Again 7"}}


def test_callback_without_output(app, client):
    output = next(each for each, cb in app.callback_map.items() if cb["no_output"])
    body = {"output": output, "inputs": [{"id": "button", "property": "n_clicks", "value": 1}]}
    assert post(client, body).status_code == 204


def test_clientside_callback_is_not_answered_here(client):
    body = {
        "output": "button.title",
        "outputs": {"id": "button", "property": "title"},
        "inputs": [{"id": "button", "property": "n_clicks", "value": 1}],
    }
    assert post(client, body).status_code == 400


@pytest.mark.parametrize("output", OUTPUTS)
def test_malformed_posts_are_refused_in_one_line(app, client, output, well_formed, malformed):
    valid = well_formed(app.callback_map, output, 1)
    refused = list(malformed(valid))
    assert len(refused) > 100
    for name, raw in refused:
        answer = post(client, raw)
        assert answer.status_code == 400, (name, answer.status_code)
        assert_one_line(answer)


def assert_one_line(answer):
    assert list(answer.json) == ["error"]
    line = answer.json["error"]
    assert 0 < len(line) < 120 and "\n" not in line and "Traceback" not in line


def test_behind_a_prefix(prefixed_app, well_formed):
    client = prefixed_app.server.test_client()
    path = "/a/b/_dash-update-component"
    valid = well_formed(prefixed_app.callback_map, "greeting.children", 1)
    assert post(client, valid, path).status_code == 200
    assert post(client, b"[]", path).status_code == 400
    assert client.post("/_dash-update-component").status_code == 404


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_only_json_which_other_sites_cannot_post(app, client, content_type, well_formed):
    valid = well_formed(app.callback_map, "greeting.children", 1)
    assert post(client, valid, content_type=content_type).status_code == 415


def test_large_bodies_are_refused(app, client, well_formed):
    valid = well_formed(app.callback_map, "greeting.children", "a" * 2**20)
    assert post(client, valid).status_code == 413  # twice a megabyte, and the rest
    valid = well_formed(app.callback_map, "greeting.children", "a" * (2**20 - 500))
    assert post(client, valid).status_code == 200


def test_is_no_page(client):
    assert client.get("/_dash-update-component").status_code == 404


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_other_methods(client, method):
    answer = client.open("/_dash-update-component", method=method)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20)
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=values)
def test_any_json_is_answered_below_500(client_of_module, body):
    assert post(client_of_module, body).status_code == 400


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(output=st.sampled_from(OUTPUTS), value=values, data=st.data())
def test_any_part_of_a_post_may_be_anything(
    app, client_of_module, output, value, data, well_formed
):
    body = well_formed(app.callback_map, output, 1)
    holder = body
    while True:  # walk to a random place in the post and put the value there
        places = sorted(holder) if isinstance(holder, dict) else range(len(holder))
        key = data.draw(st.sampled_from(places))
        inner = holder[key]
        if not inner or not isinstance(inner, (dict, list)) or data.draw(st.booleans()):
            holder[key] = value
            break
        holder = inner
    assert post(client_of_module, body).status_code in (200, 400)


@pytest.fixture(scope="module")
def client_of_module(app):
    return app.server.test_client()
