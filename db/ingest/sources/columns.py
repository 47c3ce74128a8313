"""Which column of a file is which, by its header or as the user says."""

import csv
from collections.abc import Mapping, Sequence

from db.errors import LoadError
from db.ingest.sources.blocks import LONGEST_LINE
from db.ingest.sources.event_lines import csv_fields
from db.ingest.sources.files import SourceFile
from db.ingest.sources.rejections import Unusable

# What people call them, without case, spaces and underscores
NAMES = {
    "user": ("userid", "user", "uid"),
    "movie": ("movieid", "movie", "filmid", "film", "itemid", "item"),
    "rating": ("rating", "stars", "score"),
    "tag": ("tag",),
    "timestamp": ("timestamp", "time", "ratedat", "date"),
    "title": ("title", "name", "movietitle"),
    "year": ("year", "releaseyear", "released"),
    "genres": ("genres", "genre"),
    "imdb": ("imdbid",),
    "tmdb": ("tmdbid",),
}


def header(file: SourceFile) -> list[str]:
    """The fields of a CSV file's first line. Raises: LoadError."""
    with file.open() as stream:
        line = stream.readline(LONGEST_LINE)
    try:
        return csv_fields(line.decode("utf-8-sig").rstrip("\r\n"))
    except (UnicodeDecodeError, Unusable, csv.Error):
        raise LoadError(f"{file.name} is no CSV file: its first line names no columns.") from None


def positions(
    file: str,
    columns: Sequence[str],
    needed: Sequence[str],
    chosen: Mapping[str, str],
    optional: Sequence[str] = (),
) -> dict[str, int]:
    """Where the columns are, by their keys in NAMES. `chosen` names some as the file does.

    Raises: LoadError where a needed or chosen one is missing.
    """
    plain = [_plain(column) for column in columns]
    found: dict[str, int] = {}
    for key in (*needed, *optional):
        names = (chosen[key],) if key in chosen else NAMES[key]
        places = columns if key in chosen else plain
        place = next((places.index(name) for name in names if name in places), None)
        if place is not None:
            found[key] = place
        elif key in chosen or key in needed:
            raise LoadError(_missing(file, columns, key, chosen))
    return found


def _plain(column: str) -> str:
    return column.strip().casefold().replace("_", "").replace(" ", "")


def _missing(file: str, columns: Sequence[str], key: str, chosen: Mapping[str, str]) -> str:
    shown = ", ".join(repr(column[:40]) for column in columns[:12])
    wanted = f"called {chosen[key]!r}" if key in chosen else f"for the {key}"
    return f"{file} has no column {wanted}: it has {shown} (say which with --column {key}=NAME)."
