"""One line a request, with no query string and no body in it."""

import logging
import re

import pytest

LOGGER = "dashboard.guard.request_log"


@pytest.fixture
def logged(client, caplog):
    """`logged(method, path, ...)`: the one line that the request logs, and its fields."""

    def line(method, path, **more):
        caplog.clear()
        with caplog.at_level(logging.DEBUG):
            client.open(path, method=method, **more)
        (record,) = [each for each in caplog.records if each.name == LOGGER]
        assert re.fullmatch(r"[^\n]+ \d{3} \d+\.\d ms \d+ bytes [^\n]+", record.getMessage())
        return record

    return line


def test_a_page(logged):
    record = logged("GET", "/films/318?genres=Comedy")
    assert record.levelname == "INFO"
    fields = dict(record.fields)
    assert fields.pop("ms") >= 0
    assert fields.pop("bytes") > 1000
    assert fields == {
        "method": "GET",
        "path": "/films/318",
        "output": "-",
        "status": 200,
        "dataset": "-",
    }


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/?" + "a" * 4000, 414),
        ("GET", "/refused", 400),
        ("GET", "/away", 503),
        ("GET", "/bug", 500),
        ("GET", "/assets/style.css", 200),
        ("HEAD", "/", 200),
        ("POST", "/", 405),
        ("POST", "/_dash-update-component", 415),
    ],
)
def test_every_answer_has_its_line(logged, method, path, status):
    fields = logged(method, path).fields
    assert (fields["method"], fields["status"]) == (method, status)


def test_what_is_sent_compressed_is_counted_so(logged, client):
    plain = logged("GET", "/assets/style.css").fields["bytes"]
    assert plain == len(client.get("/assets/style.css").data)
    small = logged("GET", "/assets/style.css", headers={"Accept-Encoding": "br"}).fields["bytes"]
    assert 0 < small < plain / 2


@pytest.mark.parametrize(
    ("output", "named"),
    [
        ("greeting.children", "greeting.children"),
        ("..one.children...two.title..", "one.children"),
        ('{"index":["MATCH"],"type":"out"}.children', '{"index":1,"type":"out"}.children'),
        ("failure.children", "failure.children"),
    ],
)
def test_a_callback_is_named_by_what_it_fills(app, logged, well_formed, output, named):
    body = well_formed(app.callback_map, output, "Ada Lovelace")
    record = logged("POST", "/_dash-update-component?secret=1", json=body)
    assert record.fields["output"] == named
    assert record.fields["path"] == "/_dash-update-component"
    assert "Ada" not in record.getMessage() and "secret" not in record.getMessage()


@pytest.mark.parametrize(
    ("path", "shown"),
    [("/films/%0aFAKE%20LINE", "/films/%0AFAKE%20LINE"), ("/" + "ü" * 500, "/" + "%C3%BC" * 33)],
)
def test_a_path_can_not_forge_a_line(logged, path, shown):
    assert logged("GET", path).fields["path"].startswith(shown)
    assert len(logged("GET", path).fields["path"]) <= 200


def test_an_output_can_not_forge_a_line(app, logged, well_formed):
    body = well_formed(app.callback_map, "..one.children...two.title..", 1)
    body["outputs"][0]["property"] = "children@\nFAKE"
    assert logged("POST", "/_dash-update-component", json=body).fields["output"] == "one.children"
    body = well_formed(app.callback_map, '{"index":["MATCH"],"type":"out"}.children', 1)
    for slot in (body["outputs"], body["inputs"][0]):
        slot["id"]["index"] = "\nFAKE" + "a" * 1000
    output = logged("POST", "/_dash-update-component", json=body).fields["output"]
    assert "\n" not in output and len(output) <= 200
