"""Where Reelscope keeps its files: the embedded database, trained models, the run lock."""

import os
import tempfile
from functools import cache
from pathlib import Path

import platformdirs

from db.settings import HOME

ROOT_HOME = Path("/var/lib/reelscope")


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


@cache
def _usable(path: Path) -> Path:
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path).close()  # root passes every check of modes
    except OSError as error:
        raise HomeError(f"REELSCOPE_HOME {path} can't be written to: {error.strerror}") from error
    return path
