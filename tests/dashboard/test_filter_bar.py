"""The filter bar's one callback, where the browser tells of several events at once."""

import app

NINETIES = {
    "view.data": {"query": "released=1990-1999", "by": "url"},
    "filter-reset.n_clicks": 1,
    "filter-released-first.value": 1990,
    "filter-released-last.value": 1999,
}


def post(well_formed, changed: list[str], **values) -> dict:
    """What the server answers when these properties changed; values by id, None for the rest."""
    client = app.server.test_client()
    client.get("/_dash-dependencies")  # the first request makes the callbacks known
    output = next(key for key in app.app.callback_map if "filter-released-first" in key)
    body = well_formed(app.app.callback_map, output) | {"changedPropIds": changed}
    for slot in body["inputs"] + body["state"]:
        slot["value"] = values.get(f"{slot['id']}.{slot['property']}")
    answer = client.post("/_dash-update-component", json=body)
    assert answer.status_code == 200, answer.text
    return answer.json["response"]


def test_reset_wins_over_a_field_that_was_left_for_it(database, well_formed):
    changed = ["filter-rated-first.value", "filter-reset.n_clicks"]
    response = post(well_formed, changed, **NINETIES)
    assert response["view"]["data"]["query"] == ""
    assert response["filter-released-first"]["value"] is None


def test_a_field_keeps_the_others(database, well_formed):
    response = post(well_formed, ["filter-min.value"], **NINETIES, **{"filter-min.value": 20})
    assert response["view"]["data"]["query"] == "released=1990-1999&min=20"


def test_comparing_starts_with_all_ratings_and_stops(database, well_formed):
    pressed = {**NINETIES, "filter-reset.n_clicks": None, "compare-with.n_clicks": 1}
    started = post(well_formed, ["compare-with.n_clicks"], **pressed)
    assert started["view"]["data"]["query"] == "released=1990-1999&vs=all"
    assert started["filter-vs-row"]["hidden"] is False
    pressed["view.data"] = started["view"]["data"]
    stopped = post(well_formed, ["compare-with.n_clicks"], **pressed)
    assert stopped["view"]["data"]["query"] == "released=1990-1999"
    assert stopped["filter-vs-row"]["hidden"] is True


def test_each_row_of_controls_has_its_own_set(database, well_formed):
    comparing = NINETIES | {"view.data": {"query": "released=1990-1999&vs=all", "by": "url"}}
    changed = ["filter-vs-rated-first.value"]
    response = post(well_formed, changed, **comparing, **{"filter-vs-rated-first.value": "2001-01"})
    assert response["view"]["data"]["query"] == "released=1990-1999&vs=rated%3D2001-01.."


def test_an_address_fills_both_rows(database, well_formed):
    search = "?released=1990-1999&vs=genres%3DDrama"
    response = post(well_formed, ["url.data"], **{"url.data": {"path": "/", "search": search}})
    assert response["filter-released-first"]["value"] == 1990
    assert response["filter-vs-genres"]["value"] == ["Drama"]
    assert response["filter-genres"]["value"] == []


def test_what_is_no_value_stays_in_its_field_which_says_what_it_wants(database, well_formed):
    typed = {"filter-rated-first.value": "yesterday", "filter-min.value": 20}
    response = post(well_formed, ["filter-rated-first.value"], **NINETIES, **typed)
    assert response["view"]["data"]["query"] == "released=1990-1999&min=20"
    assert "filter-rated-first" not in response, "what was typed is not taken away"
    assert response["filter-rated-said"]["children"].startswith("Months are written like")
    assert "filter-released-said" not in response, "nobody has touched its fields"
    mended = typed | {"filter-rated-first.value": "2001-01"}
    response = post(well_formed, ["filter-rated-first.value"], **NINETIES, **mended)
    assert response["filter-rated-said"]["children"] is None


def test_only_what_changes_is_sent(database, well_formed):
    held = NINETIES | {"filter-genres.value": ["Drama"], "filter-vs-genres.value": []}
    response = post(well_formed, ["filter-genres.value"], **held)
    assert response["view"]["data"]["query"] == "genres=Drama&released=1990-1999"
    sent = {f"{id}.{name}" for id, props in response.items() for name in props}
    lists = {f"filter-{key}.value" for key in ("without", "tag", "vs-without", "vs-tag")}
    told = {"view.data", "filter-notes.children", "filter-genres-summary.children"}
    assert sent - lists == told, "None was sent for the lists"
    assert response["filter-genres-summary"]["children"] == "Drama"


def test_what_was_told_goes_where_all_is_taken_back(database, well_formed):
    typed = NINETIES | {"filter-rated-first.value": "yesterday"}
    response = post(well_formed, ["filter-reset.n_clicks"], **typed)
    assert response["filter-rated-said"]["children"] is None
    assert response["filter-rated-first"]["value"] is None


def test_a_filter_stands_while_its_field_is_being_mended(database, well_formed):
    before = {"view.data": {"query": "rated=2001-01..2005-12", "by": "url"}}
    typed = {"filter-rated-first.value": "2001-13", "filter-rated-last.value": "2005-12"}
    response = post(well_formed, ["filter-rated-first.value"], **before, **typed)
    assert "view" not in response
    assert response["filter-rated-said"]["children"]
