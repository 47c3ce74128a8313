"""How a service lays out a table of ratings, declared; each service has a module of its own."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from dashboard.rating_files.file_entries import FileEntry, Kind, UnusableRow
from dashboard.rating_files.rating_scales import RatingScale
from dashboard.rating_files.text_rows import FileTable

Columns = frozenset[str]
Cells = Mapping[str, str]
Fields = Mapping[str, str]
"""What a row says, by what it means: the keys of `columns` below."""

USUAL = {
    "title": (
        *("title", "name", "film", "filmname", "movie", "movietitle", "filmtitle", "titlename"),
        *("primarytitle", "标题", "片名", "titel", "titre", "titulo", "título", "titolo"),
    ),
    "original": ("originaltitle", "originalname"),
    "year": (
        *("year", "releaseyear", "released", "releasedate", "yearofrelease", "上映日期"),
        *("jahr", "année", "annee", "año", "anno"),
    ),
    "rating": (
        *("yourrating", "yourated", "myrating", "userrating", "个人评分", "我的评分"),
        *("rating", "score", "stars", "myscore", "yourscore", "note", "bewertung", "voto"),
    ),
    "imdb": ("const", "imdbid", "imdb", "tconst", "imdburl", "imdblink"),
    "tmdb": ("tmdbid", "tmdb", "themoviedbid"),
    "type": ("titletype", "type", "mediatype"),
    "given": ("dateratet", "watcheddate", "daterated", "ratedat", "date", "打分日期", "timestamp"),
    "url": ("url",),
}
"""Names of columns by what they mean, the surest first; without case, blanks and hyphens."""

YEAR = re.compile(r"(?<!\d)(?:18|19|20)\d\d(?!\d)")
IMDB = re.compile(r"(?:.*tt|0*)(\d{1,10})(?:\D.*)?")
SERIES = re.compile(r"series|season|episode|game|podcast|musicvideo|^(tv|show|anime)s?$")
ALTERNATIVES = re.compile(r"\s+/\s+")


@dataclass(frozen=True)
class TableLayout:
    """One kind of table of a service.

    recognises: whether a table with these columns is one. scale: of its ratings; None where they
    must tell it themselves. kind: of a row without a rating, by the file's name. columns: their
    names, as in USUAL. rating: what a row's rating is, where that is more than a cell. repeats:
    whether it repeats ratings, perhaps older ones, of another table. person: the column that says
    whose a row is.
    """

    service: str
    recognises: Callable[[Columns], bool]
    scale: RatingScale | None
    kind: Callable[[str], Kind] = lambda name: "seen"
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: USUAL)
    rating: Callable[[Cells, Fields], str] = lambda cells, fields: fields["rating"]
    repeats: bool = False
    person: str = ""

    def entry(self, table: FileTable, row: int, cells: list[str]) -> FileEntry:
        """What a row says. Raises: UnusableRow with the reason why it does not count."""
        named = table.cells(cells)
        fields = {key: _first(named, names) for key, names in self.columns.items()}
        _check_film(fields)
        titles = _titles(fields)
        imdb, tmdb = imdb_number(fields["imdb"]), tmdb_number(fields["tmdb"])
        if not (titles or imdb or tmdb):
            raise UnusableRow("it names no film")
        rating = self.rating(named, fields)
        kind = "rated" if rating else self.kind(table.name)
        year = _year(fields["year"])
        person = named[self.person] if self.person else ""
        given = fields["given"]
        return FileEntry(table.name, row, kind, titles, year, imdb, tmdb, rating, given, person)


def having(*names: str) -> Callable[[Columns], bool]:
    """Recognises tables with all of these columns."""
    return lambda columns: columns.issuperset(names)


def _first(cells: Cells, names: tuple[str, ...]) -> str:
    """The cell of the first of these columns that there is."""
    return next((cells[name] for name in names if name in cells), "")


def _titles(fields: Fields) -> tuple[str, ...]:
    """All titles; a cell may hold several between slashes."""
    found = [fields["title"], fields["original"]]
    split = [part for title in found for part in (title, *ALTERNATIVES.split(title))]
    return tuple(dict.fromkeys(title.strip() for title in split if title.strip()))


def _check_film(fields: Fields) -> None:
    kind = fields["type"].casefold().replace(" ", "").replace("_", "").replace("-", "")
    if "/tv/" in fields["url"]:
        kind = "tv"
    if SERIES.search(kind) and "movie" not in kind:
        raise UnusableRow(f"it is no film, but {fields['type'] or 'a series'}")


def _year(text: str) -> int | None:
    """The year in "1994", "1994-10-14" or "14 Oct 1994". Raises: UnusableRow."""
    if not text:
        return None
    found = YEAR.search(text)
    if not found:
        raise UnusableRow(f"“{text[:40]}” is no year")
    return int(found[0])


def imdb_number(text: str) -> str | None:
    """The digits of "tt0111161", "0111161", "111161" or an address on IMDb, at least seven."""
    found = IMDB.fullmatch(text)
    return f"{int(found[1]):07d}" if found else None


def tmdb_number(text: str) -> int | None:
    """The number of "278" or "278.0"."""
    plain = text.removesuffix(".0")
    return int(plain) if plain.isascii() and plain.isdigit() and len(plain) < 10 else None
