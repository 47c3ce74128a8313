"""One Reelscope per home directory: a second one says where the first is."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process serves from this home, at `url`; `bind`: where it listens."""

    def __init__(self, url: str, bind: str) -> None:
        super().__init__(f"Reelscope is already running at {url}")
        self.bind = bind


def is_running(home: Path) -> bool:
    """Whether `python app.py` serves from this home, which then brings what is missing."""
    with (home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False


@contextmanager
def run_lock(home: Path, url: str, bind: str) -> Iterator[None]:
    """Hold the home's lock, with our address in it: for a browser, and where we listen.

    Raises AlreadyRunning.
    """
    with (home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            said = [*lock.read().splitlines(), "", ""]
            raise AlreadyRunning(*said[:2]) from None
        lock.truncate(0)
        lock.write(f"{url}\n{bind}\n")
        lock.flush()
        yield
