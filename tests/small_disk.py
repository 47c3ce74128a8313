"""A disk of a known size, to be filled: a file system in memory."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

MB = 1024 * 1024


@dataclass(frozen=True)
class SmallDisk:
    path: Path

    def fill(self, but: int = 0) -> None:
        """Until so many bytes are free, none by default; others may write meanwhile."""
        with open(self._ballast, "ab") as ballast:
            piece = self._free()
            while (left := min(piece, self._free() - but)) > 0:
                try:
                    os.posix_fallocate(ballast.fileno(), ballast.seek(0, os.SEEK_END), left)
                except OSError:
                    piece = left // 2

    def empty(self) -> None:
        """There is room again."""
        self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.path / "ballast"

    def _free(self) -> int:
        found = os.statvfs(self.path)
        return found.f_bavail * found.f_frsize


@contextmanager
def small_disk(size: int) -> Iterator[SmallDisk]:
    """Of so many bytes. Skips the test where nothing may be mounted."""
    with tempfile.TemporaryDirectory(prefix="rs", dir="/tmp") as directory:
        path = str(Path(directory).resolve())
        options = f"size={size},mode=0700"
        command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", path]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            pytest.skip(f"no file system can be mounted here: {error}")
        try:
            yield SmallDisk(Path(path))
        finally:
            subprocess.run(["umount", "--lazy", path], check=True)
