"""Ratings at a URL: fetched whole when what is there has changed, which its server is asked."""

from http.client import HTTPException
from pathlib import Path, PurePosixPath
from urllib.error import HTTPError
from urllib.parse import unquote, urlsplit

from db.errors import LoadError
from db.home import home
from db.ingest.sources.grouplens import Progress, fetch
from db.ingest.sources.validators import Validators

NOT_MODIFIED = 304


def is_url(where: str) -> bool:
    """Whether it is the address of a file rather than its path."""
    return where.lower().startswith(("http://", "https://"))


def without_secrets(url: str) -> str:
    """The address without name, password and query, as pages may show it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def fetched(url: str, progress: Progress) -> Path:
    """The file as it is there now, in the downloads of Reelscope's home. Raises: LoadError.

    What was fetched before stays, untouched, where the server says that nothing has changed.
    """
    shown, path = _target(url)
    part, known = path.with_name(f"{path.name}.part"), Validators(path)
    try:
        path.parent.mkdir(exist_ok=True)
        part.unlink(missing_ok=True)  # what is left of another fetch may be of other content
        step = f"Downloading {path.name}"
        answered = fetch(url, part, lambda done: progress(step, done), known.asking(url))
        known.forget()
        part.replace(path)
        known.keep(url, answered)
    except HTTPError as error:
        if error.code != NOT_MODIFIED:
            raise LoadError(f"{shown} can't be downloaded: {error.reason}.") from error
    except (OSError, HTTPException, ValueError) as error:
        why = getattr(error, "reason", None) or error
        raise LoadError(f"{shown} can't be downloaded: {why}.") from error
    return path


def _target(url: str) -> tuple[str, Path]:
    """The address to show, and where its file goes. Raises: LoadError."""
    try:
        shown = without_secrets(url)
    except ValueError as error:
        raise LoadError(f"The address can't be read: {error}.") from error
    name = PurePosixPath(unquote(urlsplit(url).path)).name
    if not name:
        raise LoadError(f"{shown} names no file: give the address of a file or zip of ratings.")
    if "@" in urlsplit(url).netloc:
        raise LoadError(f"{shown}: a name and password are not sent: fetch the file yourself.")
    return shown, home() / "downloads" / name
