"""The files in a folder, a zip or a tar, and in zips and folders inside of these.

None is trusted, and none is unpacked to disk: members are read as streams.
"""

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO

from db.errors import LoadError
from db.ingest.sources.files import SourceFile, plain_errors, single_file
from db.ingest.sources.unpacking import without_suffix

MOST_MEMBERS = 20_000  # the Netflix Prize has a file for each of 17,770 films
MOST_BYTES = 64 << 30  # of one file; ml-32m's ratings are 0.9 GB
MOST_RATIO = 100  # of a member to its compressed form: text of ratings packs 3 to 10 times
SMALL = 10 << 20  # bytes to which a member may grow whatever its ratio
DEEPEST = 4  # folders in folders that are looked into
TARS = (".tgz", ".tbz", ".tbz2", ".txz")
ZIP = b"PK\3\4"

Wanted = Callable[[str], bool]
"""Whether a file of this base name, in lower case and without ".gz" and such, may be read."""


def is_zip(path: Path) -> bool:
    """By its content or by its name, which may say what a damaged file was."""
    with plain_errors(path), path.open("rb") as file:
        return file.read(4) == ZIP or path.suffix.lower() == ".zip"


def is_tar(path: Path) -> bool:
    """By its name, packed or not."""
    return ".tar" in path.suffixes[-2:] or path.suffix in TARS


def contents(
    path: Path, wanted: Wanted, enough: Wanted | None = None
) -> tuple[dict[str, SourceFile], list[str]]:
    """The wanted files by base name (see Wanted), and the names of all.

    enough: beside which files none is looked for in folders of a folder (the wanted ones).
    Raises: LoadError.
    """
    found: dict[str, SourceFile] = {}
    names: list[str] = []
    for name, file in _everything(path, enough or wanted):
        names.append(name)
        base = base_name(name)
        if file is None or not wanted(base):
            continue
        if base in found:
            raise LoadError(f"{path} has two files called {PurePosixPath(name).name}.")
        found[base] = file()
    return found, names


def base_name(name: str) -> str:
    """In lower case, without folders and without what says how it is packed."""
    return without_suffix(PurePosixPath(name).name.lower())


Found = tuple[str, Callable[[], SourceFile] | None]
"""A name, and what opens the file; None for what is not looked into."""


def _everything(path: Path, enough: Wanted) -> Iterator[Found]:
    if path.is_dir():
        yield from _of_folder(path, enough)
        return
    with plain_errors(path):
        if not path.stat().st_size:
            raise LoadError(f"{path} is empty.")
        if is_zip(path):
            yield from _of_zip(zipfile.ZipFile(path), path)
        else:
            yield from _of_tar(tarfile.open(path), path)  # noqa: SIM115  # read later


def _of_folder(path: Path, enough: Wanted, depth: int = 0) -> Iterator[Found]:
    """What lies in a folder; its folders only where nothing in it is enough."""
    with plain_errors(path):
        inside = sorted(path.iterdir())
    if len(inside) > MOST_MEMBERS:
        raise LoadError(f"{path} has {len(inside):,} files; a dataset has a few.")
    here = [file for file in inside if not file.is_dir()]
    for file in here:
        yield file.name, partial(single_file, file)
    folders = [file for file in inside if file.is_dir() and not file.name.startswith((".", "__"))]
    if depth < DEEPEST and not any(enough(base_name(file.name)) for file in here):
        for folder in folders:
            yield from _of_folder(folder, enough, depth + 1)


def _of_zip(archive: zipfile.ZipFile, path: Path, depth: int = 0) -> Iterator[Found]:
    members = archive.infolist()
    _check_number(len(members), path)
    for member in members:
        name = PurePosixPath(member.filename)
        _check_name(member.filename, path)
        if member.is_dir() or "__MACOSX" in name.parts:
            continue
        inner = name.suffix.lower() == ".zip" and depth == 0
        if inner:
            _check_size(member.filename, member.file_size, member.compress_size, path)
            yield from _of_zip(zipfile.ZipFile(archive.open(member)), path, depth + 1)
        else:
            yield member.filename, partial(_member, archive, member, path)


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path) -> SourceFile:
    _check_size(member.filename, member.file_size, member.compress_size, path)
    name = PurePosixPath(member.filename).name
    return SourceFile(name, member.file_size, lambda: archive.open(member))


def _of_tar(archive: tarfile.TarFile, path: Path) -> Iterator[Found]:
    members = archive.getmembers()
    _check_number(len(members), path)
    for member in members:
        _check_name(member.name, path)
        if member.isfile():
            yield member.name, partial(_of_member, archive, member, path)


def _of_member(archive: tarfile.TarFile, member: tarfile.TarInfo, path: Path) -> SourceFile:
    _check_size(member.name, member.size, path.stat().st_size, path)

    def opened() -> IO[bytes]:
        stream = archive.extractfile(member)
        assert stream is not None  # it is a file
        return stream

    return SourceFile(PurePosixPath(member.name).name, member.size, opened)


def _check_number(members: int, path: Path) -> None:
    if members > MOST_MEMBERS:
        raise LoadError(f"{path} has {members:,} files; a dataset has a few.")


def _check_name(name: str, path: Path) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name[:1] in ("/", "\\") or ".." in parts or ":" in name.partition("/")[0][:2]:
        raise LoadError(f"{path} names a file outside itself: {name!r}.")


def _check_size(name: str, size: int, packed: int, path: Path) -> None:
    if size > MOST_BYTES or (size > SMALL and size > MOST_RATIO * max(1, packed)):
        raise LoadError(
            f"{path} is no dataset: {name} would grow from {packed:,} to {size:,} bytes."
        )
    if not size:
        raise LoadError(f"{name} in {path} is empty.")
