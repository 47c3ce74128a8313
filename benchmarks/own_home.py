"""A home of its own for a benchmark: nothing that it loads touches the user's."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from db.settings import environment


@contextmanager
def own_home(**settings: str) -> Iterator[Path]:
    """A new directory, with the product's home and its embedded database in it.

    The environment says so within the block, `settings` too, and is afterwards as it was.
    """
    with tempfile.TemporaryDirectory(prefix="reelscope-benchmark-") as directory:
        changed = {**settings, "REELSCOPE_HOME": str(Path(directory) / "home")}
        former = environment({})
        for name in (*changed, "DATABASE_URL"):
            os.environ.pop(name, None)
        _write(changed)
        try:
            yield Path(directory)
        finally:
            for name in changed:
                os.environ.pop(name, None)
            _write(former)


def _write(settings: Mapping[str, str]) -> None:
    for name, value in settings.items():
        os.environ[name] = value
