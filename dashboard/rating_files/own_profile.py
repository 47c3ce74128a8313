"""Reelscope's own profiles, as the browser keeps them, as a file or out of a link."""

import json
from typing import Any

from dashboard.rating_files.file_entries import FileEntry, Kind, RatingFileError, UnusableRow
from dashboard.rating_files.table_layouts import imdb_number
from dashboard.rating_files.uploads import UploadedPart
from dashboard.recommend.profile import STARS, VERSION

SERVICE = "Reelscope"


def films(part: UploadedPart) -> tuple[str, list[Any]]:
    """The fingerprint of the dataset that a profile is of, "" where it says none, and its films.

    Last come those of other datasets, which have fingerprints of their own.

    Raises: RatingFileError.
    """
    try:
        data = json.loads(part.data)
    except (ValueError, RecursionError):
        raise RatingFileError(f"{part.name} is damaged: it is not JSON.") from None
    problem = _problem(data)
    if problem:
        raise RatingFileError(f"{part.name} is no profile of Reelscope: {problem}.")
    dataset, elsewhere = data.get("fingerprint"), data.get("elsewhere")
    films = [*data["movies"], *(elsewhere if isinstance(elsewhere, list) else ())]
    return dataset if isinstance(dataset, str) else "", films


def _problem(data: dict) -> str:
    """What is wrong with a profile as a whole; "" for nothing."""
    if data.get("version") != VERSION:
        return f"its version is {data.get('version')!r:.40}, not {VERSION} as expected here"
    if not isinstance(data.get("movies"), list):
        return "it has no list of films named “movies”"
    return ""


def entry(part: UploadedPart, dataset: str, row: int, film: Any) -> FileEntry:
    """What a profile says of one film. Raises: UnusableRow."""
    if not isinstance(film, dict):
        raise UnusableRow("it is no object")
    title, imdb, year = film.get("title"), film.get("imdb_id"), film.get("release_year")
    own = film.get("fingerprint")
    kind = _kind(film)
    found = FileEntry(
        part.name,
        row,
        kind,
        (title,) if isinstance(title, str) and title.strip() else (),
        year if isinstance(year, int) and 0 < year < 10_000 else None,
        imdb_number(imdb) if isinstance(imdb, str) else None,
        rating=f"{film['stars']:g}" if kind == "rated" else "",
        movie_id=_number(film.get("movie_id")),
        dataset=own if isinstance(own, str) else dataset,
    )
    if not (found.titles or found.imdb_id or found.movie_id is not None):
        raise UnusableRow("it names no film")
    return found


def _kind(film: dict) -> Kind:
    if film.get("hidden") is True:
        return "dismissed" if film.get("dismissed") is True else "hidden"
    if film.get("saved") is True:
        return "saved"
    stars = film.get("stars")
    if isinstance(stars, bool) or stars not in STARS:
        raise UnusableRow(f"it has {stars!r:.40} stars; 0.5 to 5 by halves are possible")
    return "rated"


def _number(movie: Any) -> int | None:
    fits = isinstance(movie, int) and not isinstance(movie, bool) and 0 <= movie < 2**31
    return movie if fits else None
