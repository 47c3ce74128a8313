"""Who runs an embedded server, and who asks it."""

import contextlib
import os
import subprocess
import sys
import time
from pathlib import Path

import psycopg2
import pytest

from db.server import url

ROOT = Path(__file__).parents[3]
linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a death signal")
root_only = pytest.mark.skipif(os.geteuid() != 0, reason="needs root to become another user")

PATIENCE = 60  # seconds, against a test that hangs: nothing is asserted on how long things take

OWNER = """
import sys, pathlib
from db.server import running
with running(pathlib.Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


def owner(home: Path) -> subprocess.Popen[str]:
    """Another process that runs the server until its standard input ends."""
    command = [sys.executable, "-c", OWNER, str(home)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)


def ask(home: Path, statement: str) -> object:
    connection = psycopg2.connect(url(home).replace("+psycopg2", ""))
    with contextlib.closing(connection), connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0] if cursor.description else None


def keep_asking(home: Path, statement: str) -> object:
    """The answer once the server is back."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return ask(home, statement)
        except (psycopg2.OperationalError, psycopg2.InterfaceError):  # refused, or lost
            assert time.monotonic() < deadline, "the server did not come back"
            time.sleep(0.02)


def wait_for(condition) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return bool(condition())


def postmaster(home: Path) -> int:
    return int((home / "pg18" / "postmaster.pid").read_text().split("\n")[0])
