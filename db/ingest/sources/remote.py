"""Ratings at a URL: fetched whole each time, as what is there may have changed."""

from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from db.errors import LoadError
from db.home import home
from db.ingest.sources.grouplens import Progress, fetch


def is_url(where: str) -> bool:
    """Whether it is the address of a file rather than its path."""
    return where.lower().startswith(("http://", "https://"))


def without_secrets(url: str) -> str:
    """The address without name, password and query, as pages may show it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def fetched(url: str, progress: Progress) -> Path:
    """The file, complete, in the downloads of Reelscope's home. Raises: LoadError."""
    try:
        shown = without_secrets(url)
    except ValueError as error:
        raise LoadError(f"The address can't be read: {error}.") from error
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    if not name:
        raise LoadError(f"{shown} names no file: give the address of a file or zip of ratings.")
    if "@" in urlsplit(url).netloc:
        raise LoadError(f"{shown}: a name and password are not sent: fetch the file yourself.")
    path = home() / "downloads" / name
    part = path.with_name(f"{name}.part")
    try:
        path.parent.mkdir(exist_ok=True)
        part.unlink(missing_ok=True)  # what is left of another fetch may be of other content
        fetch(url, part, lambda done: progress(f"Downloading {name}", done))
        return part.replace(path)
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise LoadError(f"{shown} can't be downloaded: {why}.") from error
