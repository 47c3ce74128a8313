"""The log's level and form are settings, and what is in it is one line an event."""

import json
import logging
import os
import re
from socket import gethostname

import pytest

from db import logs
from db.settings import SettingError


@pytest.fixture
def logged(monkeypatch, capsys):
    """`logged(level, form)`: the log's lines after one event of each kind at these settings."""
    names = (None, *logs.OURS)
    before = {name: logging.getLogger(name).level for name in names}
    handlers = logging.getLogger().handlers

    def lines(level, form="text"):
        monkeypatch.setenv("REELSCOPE_LOG_LEVEL", level)
        monkeypatch.setenv("REELSCOPE_LOG_FORMAT", form)
        logs.configure()
        logs.configure()  # a second time changes nothing
        ours, theirs = logging.getLogger("db.somewhere"), logging.getLogger("library")
        ours.debug("detail")
        ours.info("event", extra={"fields": {"ms": 1.5}})
        theirs.info("not ours")
        theirs.warning("a warning, not ours")
        try:
            raise KeyError("é")
        except KeyError:
            ours.exception("failure")
        return capsys.readouterr().err

    yield lines
    logging.getLogger().handlers = handlers
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize(
    ("level", "messages"),
    [
        ("DEBUG", ["detail", "event", "a warning, not ours", "failure"]),
        ("INFO", ["event", "a warning, not ours", "failure"]),
        ("warning", ["a warning, not ours", "failure"]),
        ("ERROR", ["failure"]),
        ("CRITICAL", []),
    ],
)
def test_levels(logged, level, messages):
    found = re.findall(r"^\d{4}-\S+ \S+ [A-Z]+ \S+\[\d+\] \S+: (.*)$", logged(level), re.MULTILINE)
    assert found == messages


def test_text_has_the_traceback(logged):
    text = logged("ERROR")
    assert re.match(r"\d{4}-\d\d-\d\d \S+ ERROR \S+\[\d+\] db.somewhere: failure\nTraceback", text)
    assert text.endswith("KeyError: 'é'\n")


def test_json_is_one_object_a_line(logged):
    event, warning, failure = map(json.loads, logged("INFO", "json").splitlines())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", event.pop("time"))
    assert (event.pop("instance"), event.pop("process")) == (gethostname(), os.getpid())
    assert event == {"level": "INFO", "logger": "db.somewhere", "message": "event", "ms": 1.5}
    assert (warning["level"], warning["logger"]) == ("WARNING", "library")
    assert failure["traceback"].endswith("KeyError: 'é'")


def test_a_setting_that_is_none_is_refused(logged):
    with pytest.raises(SettingError, match="REELSCOPE_LOG_LEVEL"):
        logged("loud")
