"""The files of a dataset, in a folder or in a zip that is not trusted.

Nothing is ever unpacked to disk: members are read as streams, and only those whose base name a
layout asks for.
"""

import lzma
import stat
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import IO

from db.errors import LoadError

MOST_MEMBERS = 10_000
MOST_BYTES = 64 << 30  # of one file; ml-32m's ratings are 0.9 GB
MOST_RATIO = 100  # of a member to its compressed form: text of ratings packs 3 to 10 times
SMALL = 10 << 20  # bytes to which a member may grow whatever its ratio

# What a damaged, encrypted or exotic zip raises when it is read
ZIP_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
)


@dataclass(frozen=True)
class SourceFile:
    """One file to read."""

    name: str
    size: int
    """In bytes, unpacked."""
    opener: Callable[[], IO[bytes]]

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """A stream from the file's beginning. Raises: LoadError, while it is being read too."""
        try:
            with self.opener() as stream:
                yield stream
        except (OSError, *ZIP_ERRORS) as error:
            raise LoadError(f"{self.name} can't be read: {reason(error)}.") from error


def single_file(path: Path) -> SourceFile:
    """A file outside any archive. Raises: LoadError."""
    with plain_errors(path):
        status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise LoadError(f"{path} is no file.")
    if not status.st_size:
        raise LoadError(f"{path} is empty.")
    return SourceFile(path.name, status.st_size, lambda: path.open("rb"))


def files_of(path: Path, wanted: Collection[str]) -> dict[str, SourceFile]:
    """The wanted files of a folder or a zip by base name. Raises: LoadError."""
    with plain_errors(path):
        if path.is_dir():
            return {p.name: single_file(p) for p in path.iterdir() if p.name in wanted}
        if not path.stat().st_size:
            raise LoadError(f"{path} is empty.")
        return _members(zipfile.ZipFile(path), path, wanted)


def _members(
    archive: zipfile.ZipFile, path: Path, wanted: Collection[str]
) -> dict[str, SourceFile]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise LoadError(f"{path} has {len(members):,} files; a dataset has a few.")
    found: dict[str, SourceFile] = {}
    for member in members:
        name = PurePosixPath(member.filename)
        if _leads_outside(member.filename):
            raise LoadError(f"{path} names a file outside itself: {member.filename!r}.")
        if member.is_dir() or name.name not in wanted or "__MACOSX" in name.parts:
            continue
        if name.name in found:
            raise LoadError(f"{path} has two files called {name.name}.")
        _check_size(member, path)
        found[name.name] = SourceFile(name.name, member.file_size, _opener(archive, member))
    return found


def _leads_outside(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return name[:1] in ("/", "\\") or ".." in parts or ":" in name.partition("/")[0][:2]


def _check_size(member: zipfile.ZipInfo, path: Path) -> None:
    size, packed = member.file_size, max(1, member.compress_size)
    if size > MOST_BYTES or (size > SMALL and size > MOST_RATIO * packed):
        raise LoadError(
            f"{path} is no dataset: {member.filename} would grow from {packed:,} to {size:,} bytes."
        )
    if not size:
        raise LoadError(f"{member.filename} in {path} is empty.")


def _opener(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Callable[[], IO[bytes]]:
    return lambda: archive.open(member)


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Say in one line why a file can't be opened."""
    try:
        yield
    except OSError as error:
        raise LoadError(f"{path} can't be read: {reason(error)}.") from error
    except ZIP_ERRORS as error:
        raise LoadError(f"{path} is no zip file, or a damaged one: {reason(error)}.") from error


def reason(error: Exception) -> str:
    """The first line of an error's text, without its full stop."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.splitlines()[0].rstrip(".")
