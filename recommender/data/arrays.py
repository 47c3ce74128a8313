"""Directories of plain npy arrays: written whole or not at all, mapped into memory when read."""

import json
import os
import shutil
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

MANIFEST = "manifest.json"
UNFINISHED = NEW, OLD = ".new-", ".old-"
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
        (fresh / MANIFEST).write_text(
            json.dumps({"about": about, "checks": checks}), encoding="utf-8"
        )


def receive(directory: Path, pieces: Iterable[tuple[str, bytes]]) -> None:
    """Write what `save` wrote elsewhere: of each piece its file's name, and bytes to add to it."""
    with _fresh(directory) as fresh:
        for name, piece in pieces:
            with (fresh / Path(name).name).open("ab") as file:
                file.write(piece)


@contextmanager
def _fresh(directory: Path) -> Iterator[Path]:
    """A directory to fill, which then takes its place."""
    directory.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=NEW, dir=directory.parent))
    try:
        yield fresh
        _replace(directory, fresh)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _write(path: Path, array: np.ndarray) -> int:
    with path.open("wb") as file:
        np.save(file, array, allow_pickle=False)
        file.flush()
        os.fsync(file.fileno())
    return _checksum(array)


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
    """Unfinished directories that their writer, killed or cut off, has not touched for an hour."""
    unfinished = (path for prefix in UNFINISHED for path in parent.glob(f"{prefix}*"))
    return [path for path in unfinished if time.time() - path.stat().st_mtime > ABANDONED_SECONDS]


def described(directory: Path) -> dict:
    """The description alone, without a look at the arrays. Raises ArtifactError."""
    return _manifest(directory)["about"]


def checksums(directory: Path) -> dict[str, int]:
    """Of each array that was saved, by its name. Raises ArtifactError."""
    return _manifest(directory)["checks"]


def load(directory: Path) -> tuple[dict[str, np.ndarray], dict]:
    """The arrays, read-only and memory-mapped, and the description.

    Raises ArtifactError where anything is missing or differs from what was saved.
    """
    manifest = _manifest(directory)
    with _plain_errors(directory):
        arrays = {
            name: np.load(directory / f"{name}.npy", mmap_mode="r", allow_pickle=False)
            for name in manifest["checks"]
        }
        damaged = [
            name for name, check in manifest["checks"].items() if _checksum(arrays[name]) != check
        ]
    if damaged:
        raise ArtifactError(f"{directory}: {damaged[0]}.npy is damaged")
    return arrays, manifest["about"]


def _manifest(directory: Path) -> dict[str, dict]:
    """about, and checks: the checksum of each array by its name."""
    with _plain_errors(directory):
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        return {part: dict(manifest[part]) for part in ("about", "checks")}


@contextmanager
def _plain_errors(directory: Path) -> Iterator[None]:
    """Whatever can go wrong with files that were cut short or damaged as an ArtifactError.

    numpy reads a header as Python's source, and a damaged one raises what Python's reader does.
    """
    try:
        yield
    except FileNotFoundError as error:
        raise ArtifactError(f"{error.filename} is missing") from error
    except Exception as error:
        raise ArtifactError(f"{directory} can't be read: {error}") from error
