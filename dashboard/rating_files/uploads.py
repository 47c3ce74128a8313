"""What a visitor hands over, taken apart in memory: one file, or those in a zip."""

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from dashboard.rating_files.file_entries import RatingFileError
from db.ingest.sources.files import ZIP_ERRORS

MOST_BYTES = 10_000_000  # of what is handed over, and of all that is read out of a zip
MOST_MEMBERS = 500
MOST_RATIO = 100  # of a member to its packed form; text of ratings packs 3 to 10 times
SMALL = 100_000  # bytes to which a member may grow whatever its ratio
READ = (".csv", ".tsv", ".txt", ".json")
SKIPPED = {"deleted", "orphaned", "lists", "likes", "__macosx"}
"""Folders whose files are not what their owner thinks today, or not theirs."""


@dataclass(frozen=True)
class UploadedPart:
    """One file. name: without folders."""

    name: str
    data: bytes


def parts(name: str, data: bytes) -> list[UploadedPart]:
    """The files in it that may hold ratings. Raises: RatingFileError."""
    if not data.strip():
        raise RatingFileError(f"{name} is empty.")
    if len(data) > MOST_BYTES:
        raise RatingFileError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB.")
    if not data.startswith(b"PK"):
        return [UploadedPart(name, data)]
    try:
        return _unpacked(name, zipfile.ZipFile(io.BytesIO(data)))
    except (OSError, *ZIP_ERRORS):
        raise RatingFileError(f"{name} is a damaged or encrypted zip file.") from None


def _unpacked(name: str, archive: zipfile.ZipFile) -> list[UploadedPart]:
    members = archive.infolist()
    if len(members) > MOST_MEMBERS:
        raise RatingFileError(f"{name} holds {len(members):,} files; {MOST_MEMBERS} are the most.")
    for member in members:
        _check_name(name, member.filename)
    wanted = [member for member in members if _is_wanted(member)]
    left = MOST_BYTES
    found = []
    for member in wanted:
        data = _member(name, archive, member, left)
        left -= len(data)
        found.append(UploadedPart(PurePosixPath(member.filename).name, data))
    if not found:
        raise RatingFileError(f"{name} holds no CSV or JSON file.")
    return found


def _check_name(archive: str, name: str) -> None:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    if name[:1] in ("/", "\\") or ".." in parts or ":" in name.partition("/")[0][:2]:
        raise RatingFileError(f"{archive} names a file outside itself: {name[:60]!r}.")


def _is_wanted(member: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(member.filename)
    folders = {part.lower() for part in path.parts[:-1]}
    hidden = path.name.startswith(".")
    return path.suffix.lower() in READ and not hidden and not folders & SKIPPED


def _member(name: str, archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """What is packed, read no further than `most`, whatever the zip says of its size."""
    packed = max(1, member.compress_size)
    if member.file_size > SMALL and member.file_size > MOST_RATIO * packed:
        raise RatingFileError(
            f"{member.filename[:60]} in {name} would grow from {packed:,} to"
            f" {member.file_size:,} bytes: that is no export of ratings."
        )
    with archive.open(member) as stream:
        data = stream.read(most + 1)
    if len(data) > most:
        raise RatingFileError(f"{name} unpacks to more than {MOST_BYTES // 1_000_000} MB.")
    return data
