"""What has been trained and measured by now: what depends on it is kept until it changes."""

import os
import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection

from db.home import home
from db.store import evaluations
from db.store.engine import database_url, reading

KNOWN_SECONDS = 1.0  # for which what was seen is taken to be so still

_seen: dict[tuple[str, str], tuple[float, object]] = {}  # when it was looked at, and what was seen


def learned(fingerprint: str, connection: Connection | None = None) -> object:
    """Of a dataset; equal where no model, map or measurement has come or gone.

    Raises: NoDataset, or DatabaseUnavailable where the server doesn't answer (any more).
    """
    key, begun = (database_url(), fingerprint), time.monotonic()
    if key in _seen and begun - _seen[key][0] < KNOWN_SECONDS:
        return _seen[key][1]
    seen = (_kept(home() / "models", fingerprint), _measured(connection))
    _seen.clear()  # of one dataset at a time
    _seen[key] = begun, seen
    return seen


def _measured(connection: Connection | None) -> tuple[int, int]:
    if connection is not None:
        return evaluations.state(connection)
    with reading() as own:
        return evaluations.state(own)


def _kept(models: Path, fingerprint: str) -> frozenset[tuple[str, int, int]]:
    """Each thing that is kept of the dataset, and of which others there is any."""
    found: set[tuple[str, int, int]] = set()
    for folder in (models, models / fingerprint):
        with suppress(FileNotFoundError), os.scandir(folder) as entries:
            for entry in entries:
                status = entry.stat()
                found.add((entry.name, status.st_ino, status.st_mtime_ns))
    return frozenset(found)
