"""Files to read, wherever they are, and what can be wrong with them."""

import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from db.errors import LoadError

# What a damaged, encrypted or exotic zip raises when it is read
ZIP_ERRORS = (
    zipfile.BadZipFile,
    tarfile.TarError,
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
    if stat.S_ISFIFO(status.st_mode):
        raise LoadError(f"{path} is a pipe, and files are read twice: save it to a file first.")
    if not stat.S_ISREG(status.st_mode):
        raise LoadError(f"{path} is no file.")
    if not status.st_size:
        raise LoadError(f"{path} is empty.")
    return SourceFile(path.name, status.st_size, lambda: path.open("rb"))


@contextmanager
def plain_errors(path: Path) -> Iterator[None]:
    """Say in one line why a file can't be opened."""
    try:
        yield
    except OSError as error:
        raise LoadError(f"{path} can't be read: {reason(error)}.") from error
    except tarfile.TarError as error:
        raise LoadError(f"{path} is no tar file, or a damaged one: {reason(error)}.") from error
    except ZIP_ERRORS as error:
        raise LoadError(f"{path} is no zip file, or a damaged one: {reason(error)}.") from error


def reason(error: Exception) -> str:
    """The first line of an error's text, without its full stop."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text.splitlines()[0].rstrip(".")
