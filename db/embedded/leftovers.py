"""What an earlier server left: processes still in its directory, and lock files of dead ones."""

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT

import psutil

PROGRAMS = ("postgres", "initdb")
LOCK_FILES = ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock")
PATIENCE = ((SIGINT, 30.0), (SIGQUIT, 5.0), (SIGKILL, 5.0))  # seconds to wait after each


def end_leftovers(data: Path) -> None:
    """End every process of PostgreSQL in the directory, then remove its lock files.

    Looks at what runs and not at postmaster.pid, which may be truncated, or name a process id
    that something else has by now. The caller holds the cluster's lock: no such server is wanted.
    """
    for signal, seconds in PATIENCE:
        if not any(servers(data)):
            break
        for process in servers(data):
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal)
        deadline = time.monotonic() + seconds
        while any(servers(data)) and time.monotonic() < deadline:
            time.sleep(0.02)
    for name in LOCK_FILES:
        (data / name).unlink(missing_ok=True)


def servers(data: Path) -> Iterator[psutil.Process]:
    """The processes of PostgreSQL whose working directory this is."""
    directory = str(data.resolve())
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.name() in PROGRAMS and process.cwd() == directory:
                yield process
