"""`python -m db`: load and status, as people and programs run it."""

import json
import subprocess
import sys

import pytest
from sqlalchemy import make_url

from db.__main__ import main


def test_load_then_status(scratch, second_server, capsys):
    assert main(["status"]) == 3
    assert "No ratings are loaded yet." in capsys.readouterr().out
    assert main(["status", "--json"]) == 3
    empty = json.loads(capsys.readouterr().out)
    assert make_url(empty["url"]) == make_url(second_server)
    assert (empty["name"], empty["ratings"], empty["size_bytes"]) == (None, None, None)

    assert main(["load", "sample"]) == 0
    said = capsys.readouterr().out
    assert "Copying ratings" in said
    assert "MovieLens sample: 100,004 ratings of 9,066 films by 671 users" in said

    assert main(["status"]) == 0
    said = capsys.readouterr().out
    assert "100,004 of 9,066 films by 671 users" in said and "1995-01-09 to 2016-10-16" in said
    assert main(["status", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found.keys() == empty.keys()
    assert (found["ratings"], found["users"], found["movies"]) == (100_004, 671, 9_066)
    assert found["first_rating"] == "1995-01-09T11:46:49+00:00"
    assert len(found["fingerprint"]) == 32 and found["size_bytes"] > 10_000_000


def test_status_never_shows_a_password(second_server, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", second_server.replace("@/", ":secret@/"))
    assert main(["status"]) == 0
    assert "secret" not in capsys.readouterr().out


def test_an_unreachable_database_is_one_line(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ann@/films?host={tmp_path}")
    assert main(["status"]) == 1
    printed = capsys.readouterr()
    assert printed.out == "" and printed.err.count("\n") == 1
    assert "can't be reached" in printed.err


WRONG = [[], ["load"], ["unload"], ["load", "x", "--scale", "1"], ["load", "x", "--column", "a"]]


@pytest.mark.parametrize("arguments", WRONG)
def test_a_wrong_command_says_what_there_is(arguments):
    run = subprocess.run(
        [sys.executable, "-m", "db", *arguments], capture_output=True, text=True, check=False
    )
    assert run.returncode == 2 and "Traceback" not in run.stderr
    assert "usage: python -m db" in run.stderr
