"""MovieLens sets by name, from their publisher: GroupLens, University of Minnesota.

A download that was cut off goes on where it stopped, and counts only when its MD5 is the one that
GroupLens publishes beside it. Tests run it against a server of their own; what answers at BASE is
GroupLens' affair.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from db.errors import LoadError
from db.home import home

Progress = Callable[[str, float], None]

BASE = "https://files.grouplens.org/datasets/movielens"
NAMES = (
    "ml-latest-small",
    "ml-latest",
    "ml-32m",
    "ml-25m",
    "ml-20m",
    "ml-10m",
    "ml-1m",
    "ml-100k",
)

TIMEOUT = 30  # seconds without a byte
CHUNK = 1 << 20
MD5 = re.compile(rb"\b[0-9a-f]{32}\b")
LONGEST_MD5_FILE = 4096  # bytes
RANGE_NOT_SATISFIABLE = 416  # nothing is missing, or the file has changed: its MD5 will tell


def silent(step: str, done: float) -> None:
    """Progress that nobody wants to hear of."""


def download(name: str, progress: Progress = silent, base: str = BASE) -> Path:
    """The zip of a set in NAMES, complete and verified; downloads what is missing of it.

    Raises: LoadError.
    """
    directory = home() / "downloads"
    path, part = directory / f"{name}.zip", directory / f"{name}.zip.part"
    url = f"{base}/{name}.zip"
    try:
        directory.mkdir(mode=0o700, exist_ok=True)
        published = _published_md5(f"{url}.md5")
        if path.exists() and _md5(path) == published:
            return path
        fetch(url, part, lambda done: progress(f"Downloading {name}", done))
        _verify(part, published, url)
        return part.rename(path)
    except HTTPError as error:
        raise LoadError(f"{url} can't be downloaded: {error.code} {error.reason}.") from error
    except (OSError, HTTPException) as error:
        raise LoadError(
            f"{url} can't be downloaded: {getattr(error, 'reason', error)}."
            " The same command goes on where it stopped."
        ) from error


def _published_md5(url: str) -> str:
    with urlopen(url, timeout=TIMEOUT) as answer:  # nosec B310  # an https address of NAMES
        found = MD5.search(answer.read(LONGEST_MD5_FILE))
    if not found:
        raise LoadError(f"{url} holds no MD5.")
    return found[0].decode()


def fetch(
    url: str,
    part: Path,
    progress: Callable[[float], None],
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Message:
    """Append to `part` what it lacks, asked for with `headers`. Returns those of the answer.

    Raises: OSError, HTTPException.
    """
    have = part.stat().st_size if part.exists() else 0
    request = Request(url, headers={**headers, **({"Range": f"bytes={have}-"} if have else {})})
    try:
        with urlopen(request, timeout=TIMEOUT) as answer:  # nosec B310  # the same
            resumed = answer.status == 206
            have = have if resumed else 0
            total = have + int(answer.headers.get("Content-Length") or 0)
            with part.open("ab" if resumed else "wb") as file:
                _copy(answer, file, have, total, progress)
            return answer.headers
    except HTTPError as error:
        if error.code != RANGE_NOT_SATISFIABLE:
            raise
        return error.headers


def _copy(
    answer: BinaryIO, file: BinaryIO, have: int, total: int, progress: Callable[[float], None]
) -> None:
    while chunk := answer.read(CHUNK):
        file.write(chunk)
        have += len(chunk)
        progress(min(1.0, have / total) if total else 0.0)
    if have < total:
        raise OSError(f"the connection ended after {have:,} of {total:,} bytes")


def _verify(part: Path, published: str, url: str) -> None:
    if _md5(part) != published:
        part.unlink()
        raise LoadError(f"{url} did not arrive as published (MD5); the same command tries again.")


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
