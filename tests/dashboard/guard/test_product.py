"""The product's own callbacks and pages behind the guard: each is tested by being registered."""

import json

import pytest

import app as product
from dashboard import guard
from dashboard.page_registry import declared_pages

UNUSABLE = (
    None,
    True,
    -1,
    1e308,
    10**21,
    "",
    "\0",
    "a" * 10_000,
    "?movie=1&released=x",
    "javascript:alert(1)",
    "{}",
    [],
    [None],
    [[]],
    {},
    {"query": None},
    {"query": "released=%00&rated=9999-99&min=-1&movie=99999999999"},
    {"version": 1, "ratings": {"318": "many"}},
    {"points": [{"customdata": {}}]},
    {"a": {"a": {"a": {"a": {}}}}},
)


@pytest.fixture(scope="module")
def app(database):
    guard.warm(product.app)
    return product.app


@pytest.fixture(scope="module")
def post(app):
    client = app.server.test_client()

    def posted(body):
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(
            app.get_relative_path("/_dash-update-component"),
            data=raw,
            content_type="application/json",
        )

    return posted


@pytest.fixture(scope="module")
def outputs(app):
    """The outputs of all callbacks that the server answers."""
    return [output for output, each in app.callback_map.items() if "callback" in each]


def test_malformed_posts_are_refused(app, post, outputs, well_formed, malformed):
    assert len(outputs) > 10
    for output in outputs:
        refused = list(malformed(well_formed(app.callback_map, output)))
        assert len(refused) > 100
        for name, raw in refused:
            assert post(raw).status_code == 400, (output, name)


def test_any_value_is_answered_below_500(app, post, outputs, well_formed):
    for output in outputs:
        for value in UNUSABLE:
            answer = post(well_formed(app.callback_map, output, value))
            assert answer.status_code < 500, (output, value)
            assert "Traceback" not in answer.text


def test_one_odd_value_among_usual_ones(app, post, outputs, well_formed):
    """Odd values must not hide behind an earlier one that is refused."""
    usual = {"query": "genres=Comedy"}
    for output in outputs:
        body = well_formed(app.callback_map, output, usual)
        for slot in [*body["inputs"], *body["state"]]:
            for value in UNUSABLE:
                answer = post(_with_value(body, slot, value))
                assert answer.status_code < 500, (output, slot, value)


def _with_value(body, slot, value):
    def changed(slots):
        return [_valued(each, value) if each is slot else each for each in slots]

    return {**body, "inputs": changed(body["inputs"]), "state": changed(body["state"])}


def _valued(slot, value):
    if isinstance(slot, list):
        return [{**item, "value": value} for item in slot]
    return {**slot, "value": value}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/films/318", 200),
        ("/films/318?genres=Comedy&utm=1", 200),
        ("/films/999999999", 404),
        ("/films/0", 404),
        ("/films/-1", 404),
        ("/films/318x", 404),
        ("/films/" + "9" * 100, 404),
        ("/films/%C2%B2", 404),
        ("/films/318/319", 404),
        ("/nothing", 404),
    ],
)
def test_pages(app, path, status):
    answer = app.server.test_client().get(path)
    assert answer.status_code == status
    assert "react-entry-point" in answer.text


def test_every_declared_page_is_there(app):
    client = app.server.test_client()
    assert [page for page in declared_pages() if client.get(page.example).status_code != 200] == []


def test_without_the_database(app, post, outputs, well_formed, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    answers = [post(well_formed(app.callback_map, each, {"query": ""})) for each in outputs]
    assert all(answer.status_code in (200, 204, 400, 503) for answer in answers)
    outages = [answer.json for answer in answers if answer.status_code == 503]
    assert {"error": "The database can't be reached; trying again"} in outages
    client = app.server.test_client()
    assert client.get("/films/318").status_code == 200  # the page says so itself, and recovers
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
