"""Files that may be kept for a while: written whole, and gone when their time is over."""

import os
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

DAY = 86_400


@dataclass(frozen=True)
class KeptFiles:
    """directory: made when it is needed. days: how long a file may be kept."""

    directory: Path
    days: float

    def read(self, name: str) -> bytes | None:
        """What is kept under this name; None where nothing is, or for too long."""
        path = self.directory / name
        try:
            if self._is_over(path):
                path.unlink(missing_ok=True)
                return None
            return path.read_bytes()
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Keep it; a disk that is full or closed keeps nothing, and that is no failure."""
        with suppress(OSError):
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self.directory, prefix=".part-")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(data)
                os.replace(part, self.directory / name)
            finally:
                Path(part).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove all whose time is over."""
        for path in self.directory.glob("*"):
            if self._is_over(path):
                path.unlink(missing_ok=True)

    def _is_over(self, path: Path) -> bool:
        try:
            return time.time() - path.stat().st_mtime > self.days * DAY
        except FileNotFoundError:
            return False
