"""Where Reelscope keeps its files: the embedded database, trained models, the run lock."""

import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

from db.settings import HOME

ROOT_HOME = Path("/var/lib/reelscope")
OURS = {"downloads", "models", "pg18", "pg18.lock", "pg18.log", "pg18.log.old", "run.lock"}


class HomeError(Exception):
    """The home directory can't be used; the message is one line for the user."""


def home() -> Path:
    """REELSCOPE_HOME, else the user's data directory; made on demand, for its owner only."""
    return _usable(_chosen())


def _chosen() -> Path:
    if chosen := HOME.value():
        return chosen
    if os.geteuid() == 0:
        return ROOT_HOME
    return platformdirs.user_data_path("reelscope", appauthor=False)


def _make(path: Path) -> None:
    """It and what is missing above it, for our account only, whatever the umask."""
    for above in reversed([each for each in path.parents if not each.exists()]):
        above.mkdir(mode=0o700, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)


def _close(path: Path) -> None:
    """Shut others out of a home that is ours: who can open a lock in it could hold it.

    A place that holds other things than ours, such as /srv, stays as it is.
    """
    found = path.stat()
    alone = {each.name for each in path.iterdir()} <= OURS
    if alone and found.st_uid == os.geteuid() and found.st_mode & 0o077:
        path.chmod(0o700)


@cache
def _usable(path: Path) -> Path:
    try:
        _make(path)
        tempfile.TemporaryFile(dir=path).close()  # root passes every check of modes
        _close(path)
    except OSError as error:
        raise HomeError(f"REELSCOPE_HOME {path} can't be written to: {error.strerror}") from error
    return path
