"""Where Reelscope keeps its files: the embedded database, trained models, the run lock."""

import contextlib
import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

from db.own_files import make_folder, tighten
from db.settings import HOME

ROOT_HOME = Path("/var/lib/reelscope")
OURS = {"downloads", "models", "pg18", "pg18.lock", "pg18.log", "pg18.log.old", "run.lock", "tmdb"}


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


def _close(path: Path) -> None:
    """Shut others out of a home that is ours, and of what is ours in it, made by whatever umask.

    A place that holds other things than ours, such as /srv, stays as it is itself.
    """
    if {each.name for each in path.iterdir()} <= OURS:
        tighten(path)
    for name in OURS:
        with contextlib.suppress(FileNotFoundError):
            tighten(path / name)


@cache
def _usable(path: Path) -> Path:
    try:
        make_folder(path)
        tempfile.TemporaryFile(dir=path).close()  # root passes every check of modes
        _close(path)
    except OSError as error:
        raise HomeError(f"REELSCOPE_HOME {path} can't be written to: {error.strerror}") from error
    return path
