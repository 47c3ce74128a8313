"""Failures are one plain line for the visitor, and in full in the log."""

import logging

import pytest

UNAVAILABLE = "The database can't be reached; trying again"


@pytest.fixture
def fail(app, client, well_formed):
    """`fail(how)`: the answer where the callback fails in that way."""

    def posted(how):
        post = well_formed(app.callback_map, "failure.children", how)
        return client.post("/_dash-update-component", json=post)

    return posted


@pytest.mark.parametrize("how", [[], {}, None, 7])
def test_an_input_that_is_no_such_thing_is_named(fail, how, caplog):
    answer = fail(how)
    assert answer.status_code == 400
    assert answer.json == {"error": f"how = {how!r} can't be used: input should be a valid string."}
    assert "Traceback" not in caplog.text


def test_a_text_that_is_none_of_the_known_names_them(fail):
    line = fail("somehow").json["error"]
    assert line.startswith("how = 'somehow' can't be used: input should be one of value, type, key")


def test_what_a_visitor_sent_is_told_to_the_visitor_alone(fail, caplog):
    with caplog.at_level(logging.DEBUG):
        assert "123.456" in fail(123.456).json["error"]
    assert "A callback refused its input how" in caplog.messages
    assert "123.456" not in caplog.text


def test_a_bug_is_500_and_one_traceback(fail, bug, caplog):
    answer = fail(bug)
    assert answer.status_code == 500
    assert answer.json == {"error": "Something went wrong here. It has been logged."}
    assert caplog.text.count("Traceback") == 1 and "secret" in caplog.text
    assert [each.levelname for each in caplog.records if each.levelno > logging.INFO] == ["ERROR"]


def test_database_away(fail, caplog):
    answer = fail("away")
    assert answer.status_code == 503
    assert answer.json == {"error": UNAVAILABLE}
    assert answer.headers["Retry-After"] == "2"
    assert "Traceback" not in caplog.text  # an outage is not a bug: one line in the log


def test_a_database_that_is_busy_is_not_away(fail):
    answer = fail("busy")
    assert answer.status_code == 503
    assert answer.json == {"error": "The database is busy; trying again"}


def test_nothing_loaded(fail):
    answer = fail("empty")
    assert answer.status_code == 503
    assert answer.json["error"].startswith("No ratings are loaded yet")


@pytest.mark.parametrize(
    ("path", "status", "line"),
    [
        ("/refused", 400, "No such colour."),
        ("/away", 503, UNAVAILABLE),
        ("/bug", 500, "Something went wrong here. It has been logged."),
        ("/key", 500, "Something went wrong here. It has been logged."),  # not a callback's value
        ("/assets/missing.css", 404, "Not Found."),
        ("/_dash-component-suites/dash/missing.js", 404, "Not Found."),
        ("/_dash-component-suites/<script>/x.js", 404, "Not Found."),
        ("/_dash-component-suites/dash/../../etc/passwd", 404, "Not Found."),
    ],
)
def test_other_addresses_answer_in_plain_text(client, path, status, line):
    answer = client.get(path)
    assert (answer.status_code, answer.text) == (status, line + "\n")
    assert answer.mimetype == "text/plain"


def test_method_not_allowed_says_which_are(client):
    answer = client.post("/")
    assert (answer.status_code, answer.text) == (405, "Method Not Allowed.\n")
    assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}
