"""One Reelscope per home directory: a second one says where the first is."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyRunning(Exception):
    """Another process serves from this home, at `address`."""

    def __init__(self, address: str) -> None:
        super().__init__(f"Reelscope is already running at {address}")
        self.address = address


@contextmanager
def run_lock(home: Path, address: str) -> Iterator[None]:
    """Hold the home's lock, with our address in it. Raises AlreadyRunning."""
    with (home / "run.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise AlreadyRunning(lock.read().strip()) from None
        lock.truncate(0)
        lock.write(f"{address}\n")
        lock.flush()
        yield
