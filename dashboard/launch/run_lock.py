"""One Reelscope per home directory: a second one says where the first is."""

import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from dashboard.launch.launch_error import LaunchError
from db.own_files import NotOurs, holder, lock_file, taken

PATIENCE = 5.0  # seconds for one that has just begun to write its address
POLL = 0.1


class AlreadyRunning(Exception):
    """Another process serves from this home, at `url`; `bind`: where it listens."""

    def __init__(self, url: str, bind: str) -> None:
        super().__init__(f"Reelscope is already running at {url}")
        self.bind = bind


def is_running(home: Path) -> bool:
    """Whether `python app.py` serves from this home, which then brings what is missing."""
    with lock_file(home / "run.lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def run_lock(home: Path, url: str, bind: str) -> Iterator[None]:
    """Hold the home's lock, with our address in it: for a browser, and where we listen.

    Raises AlreadyRunning, or LaunchError where the lock can't be had.
    """
    try:
        lock = lock_file(home / "run.lock")
    except NotOurs as error:
        raise LaunchError(str(error)) from None
    with lock:
        if not _taken_in_time(lock):
            raise AlreadyRunning(*_said(lock))
        lock.truncate(0)
        lock.write(f"{url}\n{bind}\n".encode())
        lock.flush()
        yield


def _taken_in_time(lock: IO[bytes]) -> bool:
    """Whether the lock is ours; False where its holder says where it is."""
    deadline = time.monotonic() + PATIENCE
    while not taken(lock):
        if _said(lock):
            return False
        if time.monotonic() > deadline:
            raise LaunchError(
                f"{holder(lock)} holds {lock.name} and serves nothing; end it, or choose another"
                " REELSCOPE_HOME"
            )
        time.sleep(POLL)
    return True


def _said(lock: IO[bytes]) -> list[str]:
    """What the holder wrote: both of it, or nothing yet."""
    lock.seek(0)
    said = lock.read().decode(errors="replace").splitlines()
    return said if len(said) == 2 else []
