"""Trakt: JSON lists of ratings (1 to 10), of what was watched, and of what is to be."""

import json
from typing import Any

from dashboard.rating_files.file_entries import FileEntry, RatingFileError, UnusableRow
from dashboard.rating_files.table_layouts import imdb_number
from dashboard.rating_files.text_rows import MOST_ROWS, text_of
from dashboard.rating_files.uploads import UploadedPart

DATES = ("rated_at", "listed_at", "last_watched_at", "watched_at")


def records(part: UploadedPart) -> list[Any]:
    """The list that a JSON file holds. Raises: RatingFileError."""
    try:
        found = json.loads(text_of(part))
    except (ValueError, RecursionError):
        raise RatingFileError(f"{part.name} is damaged: it is not JSON.") from None
    if not isinstance(found, list):
        raise RatingFileError(f"{part.name} holds no list of films, as Trakt’s files do.")
    if len(found) > MOST_ROWS:
        raise RatingFileError(f"{part.name} has {len(found):,} rows; {MOST_ROWS:,} are the most.")
    return found


def entry(part: UploadedPart, row: int, record: Any) -> FileEntry:
    """What an element of the list says. Raises: UnusableRow."""
    if not isinstance(record, dict):
        raise UnusableRow("it is no object")
    kind = record.get("type", "movie")
    if kind != "movie" or "movie" not in record:
        raise UnusableRow(f"it is no film, but {str(kind)[:40]}")
    film = _typed(record, "movie", dict)
    ids = _typed(film, "ids", dict) if film.get("ids") else {}
    title = _typed(film, "title", str) if film.get("title") else ""
    imdb, tmdb = imdb_number(str(ids.get("imdb") or "")), ids.get("tmdb")
    if not (title or imdb or tmdb):
        raise UnusableRow("it names no film")
    return FileEntry(
        part.name,
        row,
        "rated" if "rating" in record else "saved" if "listed_at" in record else "seen",
        (title,) if title else (),
        _number(film, "year"),
        imdb,
        _number(ids, "tmdb"),
        str(record.get("rating", "")),
        next((str(record[date]) for date in DATES if date in record), ""),
    )


def _typed(record: dict, key: str, kind: type) -> Any:
    value = record[key]
    if not isinstance(value, kind):
        raise UnusableRow(f"its {key} is {str(value)[:40]!r}")
    return value


def _number(record: dict, key: str) -> int | None:
    """A whole number that fits into the database; None where there is none."""
    value = record.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**31:
        raise UnusableRow(f"its {key} is {str(value)[:40]!r}")
    return value
