"""Directories of plain npy arrays: written whole or not at all, mapped into memory when read."""

import contextlib
import json
import logging
import mmap
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

logger = logging.getLogger(__name__)

MANIFEST = "manifest.json"
LEFT = NEW, OLD, DAMAGED = ".new-", ".old-", ".damaged-"
ABANDONED_SECONDS = 3600


class ArtifactError(Exception):
    """What was saved is missing, cut short, damaged or of another kind; it has to be made again."""


def save(directory: Path, arrays: Mapping[str, np.ndarray], about: Mapping[str, object]) -> None:
    """Write arrays and a JSON-able description as `directory`, in place of what was there.

    The directory gets its name when everything is on disk, so a reader never sees half of it, and
    those who have mapped the older one keep it.
    """
    with _fresh(directory) as fresh:
        checks = {name: _write(fresh / f"{name}.npy", array) for name, array in arrays.items()}
        said = json.dumps({"about": about, "checks": checks})
        whole = said[:-1] + f', "itself": {zlib.crc32(said.encode())}}}'
        with open(fresh / MANIFEST, "w", encoding="utf-8", opener=_private) as file:
            file.write(whole)


def receive(directory: Path, pieces: Iterable[tuple[str, bytes]]) -> None:
    """Write what `save` wrote elsewhere: of each piece its file's name, and bytes to add to it."""
    with _fresh(directory) as fresh:
        for name, piece in pieces:
            with open(fresh / Path(name).name, "ab", opener=_private) as file:
                file.write(piece)


@contextmanager
def _fresh(directory: Path) -> Iterator[Path]:
    """A directory to fill, which then takes its place."""
    _make_folder(directory.parent)
    fresh = Path(tempfile.mkdtemp(prefix=NEW, dir=directory.parent))
    try:
        yield fresh
        _replace(directory, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(path: Path, array: np.ndarray) -> int:
    with open(path, "wb", opener=_private) as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    return _checksum(array)


def _make_folder(path: Path) -> None:
    """It and what is missing above it, for its owner only, whatever the umask."""
    for above in reversed([each for each in (path, *path.parents) if not each.exists()]):
        above.mkdir(mode=0o700, exist_ok=True)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _checksum(array: np.ndarray) -> int:
    """Of the values and of what the header makes of them: a bit turns floats into integers."""
    kind = f"{array.dtype.str} {array.shape}".encode()
    return zlib.crc32(np.ascontiguousarray(array).data, zlib.crc32(kind))


def _replace(directory: Path, fresh: Path) -> None:
    """Rename `fresh`. A full directory can't be renamed over, so the older one steps aside."""
    old = Path(tempfile.mkdtemp(prefix=OLD, dir=directory.parent))
    try:
        if directory.exists():
            directory.rename(old / directory.name)
        fresh.rename(directory)
    finally:
        shutil.rmtree(old, ignore_errors=True)


def leftovers(parent: Path) -> list[Path]:
    """Directories untouched for an hour: of writers, killed or cut off, and what was put aside."""
    left = (path for prefix in LEFT for path in parent.glob(f"{prefix}*"))
    return [path for path in left if time.time() - path.stat().st_mtime > ABANDONED_SECONDS]


def described(directory: Path) -> dict:
    """The description alone, without a look at the arrays. Raises ArtifactError."""
    return _manifest(directory)["about"]


def checksums(directory: Path) -> dict[str, int]:
    """Of each array that was saved, by its name. Raises ArtifactError."""
    return _manifest(directory)["checks"]


def load(directory: Path) -> tuple[dict[str, np.ndarray], dict]:
    """The arrays, read-only and memory-mapped, and the description.

    Raises ArtifactError where anything is missing or differs from what was saved; what is damaged
    is put aside.
    """
    with _total(directory):
        manifest = _manifest(directory)
        arrays = {
            name: np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in manifest["checks"]
        }
        for name, check in manifest["checks"].items():
            if _checksum(arrays[name]) != check:
                raise ValueError(f"{name}.npy is damaged")
            _let_go(arrays[name])
    return arrays, manifest["about"]


def _let_go(array: np.ndarray) -> None:
    """Have what the checksum read be no part of this process until it is asked for: the system's
    cache keeps it, and most visitors need a few rows."""
    mapped = getattr(array, "_mmap", None)
    if mapped is not None and hasattr(mmap, "MADV_DONTNEED"):
        mapped.madvise(mmap.MADV_DONTNEED)


def _manifest(directory: Path) -> dict[str, dict]:
    """about, and checks: the checksum of each array by its name.

    Its own checksum is of the two as JSON; earlier versions wrote none.
    """
    with _total(directory):
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        found = {part: dict(manifest[part]) for part in ("about", "checks")}
        check = zlib.crc32(json.dumps(found).encode())
        if manifest.get("itself", check) != check:
            raise ValueError(f"{MANIFEST} is damaged")
        return found


@contextmanager
def _total(directory: Path) -> Iterator[None]:
    """Whatever can go wrong with files that were cut short or damaged as an ArtifactError.

    numpy reads a header as Python's source, and a damaged one raises what Python's reader does.
    """
    there = _identity(directory)
    try:
        yield
    except ArtifactError:
        raise
    except Exception as error:
        if there and _is_damage(error):
            _put_aside(directory, there)
        if isinstance(error, FileNotFoundError):
            said = f"{error.filename} is missing"
        else:
            said = f"{directory} can't be read: {error}"
        raise ArtifactError(said) from error


def _identity(directory: Path) -> tuple[int, int] | None:
    """Of the directory that has this name now, whatever is written in its place; None: of none."""
    try:
        found = directory.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _is_damage(error: Exception) -> bool:
    """Whether the file is wrong, and not the moment: too many open files, say, or no memory."""
    return isinstance(error, FileNotFoundError) or not isinstance(error, OSError | MemoryError)


def _put_aside(directory: Path, identity: tuple[int, int]) -> None:
    """Give up its name, so that nobody reads it again and it is made anew; for an hour, or until
    the next damage, it can be looked at.

    Not what has been written in its place meanwhile, nor where only others may write.
    """
    aside = directory.with_name(f"{DAMAGED}{directory.name}")
    with contextlib.suppress(OSError):
        if _identity(directory) == identity:
            shutil.rmtree(aside, ignore_errors=True)
            directory.rename(aside)
            os.utime(aside)
            logger.warning("%s is damaged; it is put aside as %s.", directory, aside.name)
