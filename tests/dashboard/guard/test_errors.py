"""Failures are one plain line for the visitor, and in full in the log."""

import logging

import pytest

from tests.dashboard.guard.posts import well_formed

UNAVAILABLE = "The database can't be reached; trying again"


def fail(app, client, how):
    return client.post(
        "/_dash-update-component", json=well_formed(app.callback_map, "failure.children", how)
    )


@pytest.mark.parametrize("how", ["value", "type", "key", [], {}, None])
def test_values_that_a_callback_cannot_use(app, client, how, caplog):
    answer = fail(app, client, how)
    assert answer.status_code == 400
    assert answer.json == {"error": "The callback can't use these values."}
    assert "Traceback" in caplog.text and caplog.records[-1].levelno == logging.WARNING


def test_bug(app, client, caplog):
    answer = fail(app, client, "bug")
    assert answer.status_code == 500
    assert answer.json == {"error": "Something went wrong here. It has been logged."}
    assert "RuntimeError: secret" in caplog.text and caplog.records[-1].levelno == logging.ERROR


def test_database_away(app, client, caplog):
    answer = fail(app, client, "away")
    assert answer.status_code == 503
    assert answer.json == {"error": UNAVAILABLE}
    assert answer.headers["Retry-After"] == "2"
    assert "Traceback" not in caplog.text  # an outage is not a bug: one line in the log


def test_nothing_loaded(app, client):
    answer = fail(app, client, "empty")
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
