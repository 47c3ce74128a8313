"""Where Reelscope keeps its files: the embedded database, trained models, the run lock."""

import os
from pathlib import Path

import platformdirs

ROOT_HOME = Path("/var/lib/reelscope")


class HomeError(Exception):
    """The home directory can't be used; the message is one line for the user."""


def home() -> Path:
    """REELSCOPE_HOME, else the user's data directory; made on demand, for its owner only."""
    path = _chosen()
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise HomeError(f"REELSCOPE_HOME {path} can't be used: {error.strerror}") from error
    if not os.access(path, os.R_OK | os.W_OK | os.X_OK):
        raise HomeError(f"REELSCOPE_HOME {path} can't be used: it is read-only")
    return path


def _chosen() -> Path:
    setting = os.environ.get("REELSCOPE_HOME", "")
    if setting:
        return Path(setting).expanduser().resolve()
    if os.geteuid() == 0:
        return ROOT_HOME
    return platformdirs.user_data_path("reelscope", appauthor=False)
