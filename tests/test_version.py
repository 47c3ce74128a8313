"""One version number, wherever it is asked for."""

import re
from pathlib import Path

import pytest

import app
from dashboard.launch import start
from db import __main__ as db_command
from db.version import VERSION
from recommender import __main__ as recommender_command

CHANGES = Path(__file__).parents[1] / "CHANGELOG.md"


@pytest.mark.parametrize("command", [start.parse, db_command.main, recommender_command.main])
def test_every_command_line_says_it(command, capsys):
    with pytest.raises(SystemExit) as ended:
        command(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Reelscope {VERSION}\n"


def test_so_do_the_footer_and_the_health_check():
    client = app.server.test_client()
    assert client.get("/healthz").text == f"ok\nReelscope {VERSION}\n"
    assert f"Reelscope {VERSION}" in client.get("/_dash-layout").text


def test_the_change_log_begins_with_it():
    assert re.findall(r"^## (\S+)", CHANGES.read_text(), re.MULTILINE)[0] == VERSION
