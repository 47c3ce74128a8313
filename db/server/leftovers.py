"""What an earlier server left: processes in its directory, lock files, unfinished clusters."""

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGQUIT, Signals

import psutil

LOCK_FILES = ("postmaster.pid", ".s.PGSQL.5432", ".s.PGSQL.5432.lock")
PATIENCE = ((SIGINT, 30.0), (SIGQUIT, 5.0), (SIGKILL, 5.0))  # seconds to wait after each


def end_leftovers(data: Path) -> None:
    """End every server process of the directory, then remove its lock files.

    Looks at what runs and not at postmaster.pid, which may be truncated, or name a process id
    that something else has by now. The caller holds the cluster's lock: no such server is wanted.
    """
    for signal, seconds in PATIENCE:
        if end_all(servers, data, signal, seconds):
            break
    for name in LOCK_FILES:
        (data / name).unlink(missing_ok=True)


def remove_unfinished(directory: Path) -> None:
    """Remove a directory in which initdb was killed; what it started may still write there."""
    end_all(processes_in, directory, SIGKILL, 10.0)
    shutil.rmtree(directory)


def end_all(
    find: Callable[[Path], Iterator[psutil.Process]],
    directory: Path,
    signal: Signals,
    seconds: float,
) -> bool:
    """Signal all that `find` finds until it finds none, for so many seconds at most."""
    deadline = time.monotonic() + seconds
    signalled: set[psutil.Process] = set()
    while found := set(find(directory)):
        if time.monotonic() > deadline:
            return False
        for process in found - signalled:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.send_signal(signal)
        signalled |= found
        time.sleep(0.02)
    return True


def servers(data: Path) -> Iterator[psutil.Process]:
    """The processes of PostgreSQL whose working directory this is."""
    for process in processes_in(data):
        with contextlib.suppress(psutil.Error):
            if process.name() == "postgres":
                yield process


def processes_in(directory: Path) -> Iterator[psutil.Process]:
    """The processes whose working directory this is."""
    path = str(directory.resolve())
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cwd() == path:
                yield process
