"""What `python app.py` is told, and says in one line where it can't run."""

import socket
import subprocess
import sys

import pytest

from db.settings import SETTINGS
from tests.running_app import ROOT, START_SECONDS, environment, free_port, run


def refused(outcome: subprocess.CompletedProcess[str]) -> str:
    """The one line on standard error of a start that failed."""
    assert outcome.returncode == 1
    assert outcome.stderr.count("\n") == 1, outcome.stderr
    return outcome.stderr


def test_a_port_in_use_is_one_clear_line(tmp_path):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        line = refused(run("--port", port, REELSCOPE_HOME=str(tmp_path)))
    assert (
        line
        == f"Reelscope can't run: port {port} of 127.0.0.1 can't be used: address already in use\n"
    )


def test_an_unknown_host_is_one_clear_line(tmp_path):
    line = refused(run("--host", "no.such.host.invalid", REELSCOPE_HOME=str(tmp_path)))
    assert "no.such.host.invalid" in line


@pytest.mark.slow
@pytest.mark.parametrize("port", ["0", "65536", "eighty", "-1", "٨٠"])
def test_a_port_that_is_none_is_one_clear_line(tmp_path, port):
    outcome = run(PORT=port, REELSCOPE_HOME=str(tmp_path))
    assert outcome.returncode == 2
    assert f"{port!r} is not a port (1 to 65535)" in outcome.stderr


def test_a_home_that_cannot_be_written_to_is_one_clear_line(tmp_path):
    (tmp_path / "file").touch()
    line = refused(run(REELSCOPE_HOME=str(tmp_path / "file" / "home"), PORT=str(free_port())))
    assert "can't be written to: Not a directory" in line


def test_a_database_that_cannot_be_reached_is_one_clear_line(tmp_path):
    url = f"postgresql://me:secret@127.0.0.1:{free_port()}/none"
    line = refused(
        run("--wait", "0", DATABASE_URL=url, REELSCOPE_HOME=str(tmp_path), PORT=str(free_port()))
    )
    assert "can't be reached" in line
    assert "secret" not in line


def test_importing_the_app_touches_nothing(tmp_path):
    """No home is made, no database asked for: WSGI servers import it and decide later."""
    subprocess.run(
        [sys.executable, "-c", "import app; assert app.server"],
        cwd=ROOT,
        env=environment(REELSCOPE_HOME=str(tmp_path / "home"), DATABASE_URL="postgresql://@/none"),
        check=True,
    )
    assert not (tmp_path / "home").exists()


def test_help_explains_the_settings():
    text = " ".join(run("--help").stdout.split())
    for each in SETTINGS:
        assert f"{each.name} {each.meaning} (default: {each.default})" in text


BAD_SETTINGS = {
    "REELSCOPE_PREFIX": ("a b", "REELSCOPE_PREFIX: 'a b' is not a path like /reelscope/"),
    "REELSCOPE_LOG_LEVEL": ("loud", "REELSCOPE_LOG_LEVEL: 'loud' is none of DEBUG, INFO, WARN"),
    "REELSCOPE_HOME": ("~nobody.of.that.name", "REELSCOPE_HOME: '~nobody.of.that.name' is no fol"),
    "DATABASE_URL": ("mysql://me:s3cret@host/x", "DATABASE_URL must name a PostgreSQL server"),
}


@pytest.mark.slow
@pytest.mark.parametrize("name", BAD_SETTINGS)
def test_a_bad_setting_is_one_clear_line_however_it_is_started(tmp_path, name):
    value, line = BAD_SETTINGS[name]
    own = {"REELSCOPE_HOME": str(tmp_path), "PORT": str(free_port()), name: value}
    settings = environment(**own)
    for command in (["app.py"], ["-c", "import app"], ["-m", "gunicorn", "app:server"]):
        outcome = subprocess.run(
            [sys.executable, *command],
            cwd=ROOT,
            env=settings,
            capture_output=True,
            text=True,
            timeout=START_SECONDS,
        )
        assert outcome.returncode != 0
        assert f"Reelscope can't run: {line}" in outcome.stderr
        assert "Traceback" not in outcome.stderr and "s3cret" not in outcome.stderr


@pytest.mark.slow
def test_a_prefix_without_its_closing_slash_is_made_right(tmp_path):
    program = "import app; print(app.app.config.requests_pathname_prefix)"
    outcome = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env=environment(REELSCOPE_HOME=str(tmp_path), REELSCOPE_PREFIX="/films"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert outcome.stdout == "/films/\n"
