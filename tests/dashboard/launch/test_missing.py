"""A WSGI server by itself says what it lacks, in one line, when it is first asked."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from dashboard.launch import missing
from dashboard.launch.missing import TRAIN
from dashboard.launch.run_lock import run_lock
from db.ingest.swap import load
from tests.db.importing import source
from tests.running_app import (
    END_SECONDS,
    ROOT,
    START_SECONDS,
    environment,
    free_port,
    status,
    wait_for,
)

GUNICORN = ["-m", "gunicorn", "--no-control-socket", "--bind"]


@contextmanager
def gunicorn(directory: Path, **settings: str) -> Iterator[tuple[str, Path]]:
    """`gunicorn app:server`: where it answers, and its log."""
    port, log = free_port(), directory / "log"
    settings = {"REELSCOPE_HOME": str(directory / "home"), "REELSCOPE_LOG_LEVEL": "", **settings}
    process = subprocess.Popen(
        [sys.executable, *GUNICORN, f"127.0.0.1:{port}", "app:server"],
        cwd=ROOT,
        env=environment(**settings),
        stderr=log.open("wb"),
    )
    url = f"http://127.0.0.1:{port}/"
    try:
        assert wait_for(lambda: status(f"{url}healthz") == 200, START_SECONDS), log.read_text()
        yield url, log
    finally:
        process.terminate()
        process.wait(END_SECONDS)


def warnings(log: Path) -> list[str]:
    return [
        line
        for line in log.read_text().splitlines()
        if " WARNING " in line and " dashboard.launch" in line
    ]


def test_without_a_database(tmp_path):
    with gunicorn(tmp_path) as (url, log):
        assert wait_for(lambda: warnings(log), END_SECONDS)
        assert (status(url), status(f"{url}readyz")) == (200, 503)
        (line,) = warnings(log)
    assert "DATABASE_URL is not set" in line and "`python app.py` starts it" in line


def test_without_ratings_without_models_and_with_all(scratch, home, caplog):
    missing.say()
    assert "No ratings are loaded yet. Load some with: python -m db load sample" in caplog.text
    load(source(name="mine"))
    caplog.clear()
    missing.say()
    assert (
        f"No models are trained on mine yet, and this server trains none: beside it runs `{TRAIN}`"
        in caplog.text
    )
    assert len(caplog.records) == 1


def test_a_database_that_is_away_is_named_without_its_password(monkeypatch, home, caplog):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me:secret@127.0.0.1:{free_port()}/films")
    missing.say()
    (record,) = caplog.records
    assert "me:***@127.0.0.1" in record.getMessage() and "does not answer" in record.getMessage()


def test_under_app_py_nothing_is_said(monkeypatch, home, caplog):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://me@127.0.0.1:{free_port()}/films")
    with run_lock(home, "http://there/", "there:80"):
        missing.say()
    assert not caplog.records


@pytest.mark.slow
def test_the_command_that_it_names_trains(second_server, scratch, tmp_path):
    load(
        source(
            [(user, film, 4.0, 0) for user in range(1, 30) for film in (10, 11, 12)],
            [(film, f"Film {film}", 1990, "Drama") for film in (10, 11, 12)],
        )
    )
    settings = environment(DATABASE_URL=second_server, REELSCOPE_HOME=str(tmp_path))
    command = [sys.executable, *TRAIN.split()[1:]]
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=subprocess.DEVNULL)
    try:
        assert wait_for(lambda: any(tmp_path.glob("models/*/nmf/*.npy")), START_SECONDS)
    finally:
        process.terminate()
        process.wait(END_SECONDS)
