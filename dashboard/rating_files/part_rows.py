"""The rows of one file, by the layout that recognises it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from dashboard.rating_files import own_profile, trakt
from dashboard.rating_files.any_table import ANY_TABLE
from dashboard.rating_files.criticker import CRITICKER
from dashboard.rating_files.douban import DOUBAN
from dashboard.rating_files.file_entries import FileEntry, LeftOut, UnusableRow
from dashboard.rating_files.imdb_lists import IMDB_LIST, IMDB_RATINGS
from dashboard.rating_files.letterboxd import LETTERBOXD_DIARY, LETTERBOXD_FILMS, LETTERBOXD_LIST
from dashboard.rating_files.movielens_account import MOVIELENS
from dashboard.rating_files.netflix import NETFLIX_HISTORY, NETFLIX_RATINGS
from dashboard.rating_files.rating_scales import FIVE, TEN, RatingScale
from dashboard.rating_files.table_layouts import USUAL, TableLayout
from dashboard.rating_files.text_rows import table
from dashboard.rating_files.tmdb_account import TMDB_RATINGS
from dashboard.rating_files.uploads import UploadedPart

LAYOUTS: tuple[TableLayout, ...] = (
    *(LETTERBOXD_DIARY, LETTERBOXD_FILMS, LETTERBOXD_LIST),
    *(TMDB_RATINGS, IMDB_LIST, IMDB_RATINGS, MOVIELENS, NETFLIX_RATINGS, DOUBAN, CRITICKER),
    *(ANY_TABLE, NETFLIX_HISTORY),
)
"""The first that recognises a table reads it."""

KNOWN = frozenset(name for names in USUAL.values() for name in names) | {
    *("letterboxduri", "position", "description", "ratingtype", "starvalue", "thumbsvalue"),
    *("profilename", "movieid"),
}
"""Columns by which a header is told from other rows."""

LONGEST_SAID = 80  # characters of a row that are quoted


@dataclass(frozen=True)
class PartRows:
    """What one file says. scale: None where its ratings must tell it. repeats: see TableLayout."""

    service: str
    scale: RatingScale | None
    repeats: bool
    entries: tuple[FileEntry, ...]
    left_out: tuple[LeftOut, ...]


def part_rows(part: UploadedPart) -> PartRows | None:
    """The rows of a file; None where it is of no kind that is known. Raises: RatingFileError."""
    if part.data.lstrip()[:1] == b"{":
        dataset, films = own_profile.films(part)
        kind = (own_profile.SERVICE, FIVE, False, part.name)
        return _read(*kind, enumerate(films, 1), partial(own_profile.entry, part, dataset))
    if part.name.lower().endswith(".json") or part.data.lstrip()[:1] == b"[":
        rows = enumerate(trakt.records(part), 1)
        return _read("Trakt", TEN, False, part.name, rows, lambda *each: trakt.entry(part, *each))
    found = table(part, KNOWN)
    if found is None:
        return None
    columns = frozenset(found.columns)
    layout = next((each for each in LAYOUTS if each.recognises(columns)), None)
    if layout is None:
        return None
    of_layout = (layout.service, layout.scale, layout.repeats)
    return _read(*of_layout, part.name, found.rows, lambda *each: layout.entry(found, *each))


def _read(
    service: str,
    scale: RatingScale | None,
    repeats: bool,
    file: str,
    rows: Iterable[tuple[int, Any]],
    entry: Callable[[int, Any], FileEntry],
) -> PartRows:
    entries, left_out = list[FileEntry](), list[LeftOut]()
    for row, content in rows:
        try:
            entries.append(entry(row, content))
        except UnusableRow as error:
            left_out.append(LeftOut(file, row, _said(content), str(error)))
    return PartRows(service, scale, repeats, tuple(entries), tuple(left_out))


def _said(content: Any) -> str:
    """What the visitor recognises a row by: the first cell that is a text."""
    if isinstance(content, dict):
        film = next((value for value in content.values() if isinstance(value, dict)), content)
        return str(film.get("title", ""))[:LONGEST_SAID]
    cells = content if isinstance(content, list) else [str(content)]
    texts = [cell for cell in map(str, cells) if any(map(str.isalpha, cell))]
    return (texts or [""])[0][:LONGEST_SAID]
