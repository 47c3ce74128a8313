"""The product's own callbacks and pages behind the guard: each is tested by being registered."""

import copy
import json
import logging
import re
from base64 import b64encode

import pytest

import app as product
from dashboard import guard
from dashboard.charting.chart import CHARTS
from dashboard.guard import kept_answers
from dashboard.page_registry import declared_pages
from dashboard.state import payloads
from tests.dashboard.guard.posts import UNUSABLE, USUAL

TIMES = re.compile(r"[\d.]+ ms \d+ bytes")  # which may be any number


@pytest.fixture(scope="module")
def app(mapped, evaluated):
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


@pytest.fixture(scope="module")
def usual(app, well_formed):
    """`usual(output)`: a post as a page sends it, every input of its kind."""

    def filled(output):
        body = well_formed(app.callback_map, output)
        for slots in (body["inputs"], body["state"]):
            for item in _items(slots):
                item["value"] = _usual(item)
        return copy.deepcopy(body)

    return filled


def _items(slots):
    for slot in slots:
        yield from slot if isinstance(slot, list) else [slot]


def _usual(item):
    id_ = item["id"] if isinstance(item["id"], str) else item["id"]["type"]
    if item["property"] in ("n_clicks", "n_intervals"):
        return 1
    if item["property"] == "disabled":
        return True
    return USUAL.get(f"{id_}.{item['property']}", USUAL.get(id_))


def test_every_callback_has_its_door(app, outputs):
    """Dash's own, which shows the page, has one in the guard."""
    door = payloads.checked(test_there_are_charts).__code__
    open_ = [
        output
        for output in outputs
        if getattr(app.callback_map[output]["callback"].__wrapped__, "__code__", None) is not door
    ]
    assert [output for output in open_ if "_pages_content" not in output] == []
    assert len(open_) == 1


def test_there_are_charts():
    assert CHARTS


def test_malformed_posts_are_refused(app, post, outputs, well_formed, malformed):
    assert len(outputs) > 10
    for output in outputs:
        refused = list(malformed(well_formed(app.callback_map, output)))
        assert len(refused) > 100
        for name, raw in refused:
            assert post(raw).status_code == 400, (output, name)


def test_what_pages_send_is_answered(post, outputs, usual):
    for output in outputs:
        answer = post(usual(output))
        assert answer.status_code in (200, 204), (output, answer.text)


def test_any_value_is_refused_by_name_or_answered(app, post, outputs, well_formed):
    for output in outputs:
        for value in UNUSABLE:
            answer = post(well_formed(app.callback_map, output, value))
            assert_answered(answer, (output, value))


def test_one_odd_value_among_usual_ones(post, outputs, usual):
    """Odd values must not hide behind an earlier one that is refused."""
    for output in outputs:
        body = usual(output)
        for part in ("inputs", "state"):
            for place, slot in enumerate(body[part]):
                for value in UNUSABLE:
                    changed = copy.deepcopy(body)
                    changed[part][place] = _valued(slot, value)
                    assert_answered(post(changed), (output, slot, value))


def assert_answered(answer, what):
    """A bug in the callback would be 500."""
    assert answer.status_code in (200, 204, 400), (what, answer.text)
    if answer.status_code == 400:
        assert "can't be used: " in answer.json["error"], what
        assert len(answer.json["error"]) < 1000, what


def _valued(slot, value):
    if isinstance(slot, list):
        return [{**item, "value": value} for item in slot]
    return {**slot, "value": value}


@pytest.mark.parametrize("movie", ["heat", 1.5, 2**31, -1, "318"])
def test_a_film_to_add_that_is_none(outputs, post, usual, movie):
    output = next(each for each in outputs if "asked-films.children" in each)
    body = usual(output)
    body["inputs"] = [
        _valued(each, {"movie_id": movie}) if _is(each, "added") else each
        for each in body["inputs"]
    ]
    answer = post({**body, "changedPropIds": ["added.data"]})
    assert answer.status_code == 400
    assert answer.json["error"].startswith(f"added.movie_id = {movie!r} can't be used: ")


def _is(slot, name):
    return isinstance(slot, dict) and slot["id"] == name


def test_a_bug_in_a_callback_is_500_and_one_traceback(app, post, usual, monkeypatch, caplog):
    """As a typo in a release would be: whoever watches for 5xx sees it."""

    def typo(*_, **__):
        return None.title

    monkeypatch.setattr("db.queries.movie_table", typo)
    kept_answers.clear()
    answer = post(usual("film-table.children"))
    assert answer.status_code == 500
    assert answer.json == {"error": "Something went wrong here. It has been logged."}
    assert caplog.text.count("Traceback") == 1
    assert "AttributeError: 'NoneType' object has no attribute 'title'" in caplog.text
    assert [each.levelname for each in caplog.records if each.levelno > logging.INFO] == ["ERROR"]


ODD = ("73173.25", "73173", "4.5", "318", "odd-number")


def test_what_a_visitor_rates_and_looks_for_is_not_logged(post, usual, outputs, caplog):
    """Whether a profile is used or refused, and whatever is wrong with it."""
    films = [{"movie_id": 318, "stars": 4.5}, {"movie_id": 73173, "hidden": True}]
    good = {"version": 1, "movies": films}
    bad = {"version": 1, "movies": [*films, {"movie_id": 318, "stars": 73173.25}]}
    upload = "data:application/json;base64," + b64encode(json.dumps(bad).encode()).decode()
    for output in outputs:
        for value in (good, bad, upload, {"version": "odd-number"}, {"query": "movie=73173"}):
            body = usual(output)
            for item in _items([*body["inputs"], *body["state"]]):
                if isinstance(item["value"], dict | str | list):
                    with caplog.at_level(logging.DEBUG):
                        before, item["value"] = item["value"], value
                        post(body)
                        item["value"] = before
    ours = [each.getMessage() for each in caplog.records]
    assert len(ours) > 100 and any("MovieLens sample" in line for line in ours)
    assert [line for line in ours if any(odd in TIMES.sub("", line) for odd in ODD)] == []


def test_a_request_is_logged_with_its_callback_and_dataset(post, usual, caplog):
    with caplog.at_level(logging.INFO):
        post(usual("film-table.children"))
    record = next(each for each in caplog.records if each.name.endswith("request_log"))
    assert record.fields["output"] == "film-table.children"
    assert record.fields["dataset"] == "MovieLens sample"


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


def test_without_the_database(app, post, outputs, well_formed, monkeypatch, caplog):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody:s3cret@127.0.0.1:1/none")
    answers = [post(well_formed(app.callback_map, each, {"query": ""})) for each in outputs]
    assert all(answer.status_code in (200, 204, 400, 503) for answer in answers)
    outages = [answer.json for answer in answers if answer.status_code == 503]
    assert {"error": "The database can't be reached; trying again"} in outages
    assert "s3cret" not in caplog.text and "can't be reached" in caplog.text
    client = app.server.test_client()
    assert client.get("/films/318").status_code == 200  # the page says so itself, and recovers
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200
