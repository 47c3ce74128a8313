"""What a visitor has narrowed the ratings to, and its query string, the one place where it lives.

Each filter's URL form, words and meaning stand here side by side; `db/queries/scope.py` turns them
into SQL. A value that can't be used is dropped and named, and the rest is kept.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import parse_qsl, quote

from db.filters.months import Month, MonthRange

MAX_VALUE_LENGTH = 4_000  # characters: 62 genre names fit, a megabyte pasted into a URL does not
MAX_GENRES = 62  # the bits of a dataset's genre mask
MAX_MIN_RATINGS = 1_000_000_000

YEAR = re.compile(r"[0-9]{4}")
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")
YEARS = re.compile(r"([0-9]{4})?(-)?([0-9]{4})?")
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")

YearRange = tuple[int | None, int | None]


@dataclass(frozen=True)
class RatingFilters:
    """The ratings to look at. Hashable; equal filters have equal query strings."""

    genres: tuple[str, ...] = ()
    """Films of any of these genres."""
    without: tuple[str, ...] = ()
    """Films of none of these genres; a film of no genre stays."""
    released: YearRange | None = None
    """Release years, inclusive, None for an open end; leaves out films of unknown year."""
    rated: MonthRange | None = None
    """Months of rating (UTC), inclusive, None for an open end."""
    min_ratings: int | None = None
    """Lists of films hold those with this many filtered ratings; None for the list's default."""

    def __post_init__(self) -> None:
        """Bring equal filters to one form: genres sorted once each, ranges in order."""
        object.__setattr__(self, "genres", tuple(sorted(set(self.genres))))
        object.__setattr__(self, "without", tuple(sorted(set(self.without))))
        object.__setattr__(self, "released", _ordered(self.released))
        object.__setattr__(self, "rated", _ordered(self.rated))

    @classmethod
    def from_query(cls, query: str | Mapping[str, Any] | None) -> tuple[Self, tuple[str, ...]]:
        """Read a query string (or its parsed mapping; a value may be a list).

        Keys that are no filter are ignored. Returns the filters and one plain sentence for each
        value that could not be used. Never raises, whatever the query holds.
        """
        found: dict[str, Any] = {}
        problems: list[str] = []
        values = _values_by_key(query)
        for key, (field, parse, _, expected) in PARAMETERS.items():
            texts = [text for text in values.get(key, ()) if text != ""]
            if not texts:
                continue
            try:
                found[field] = parse(texts)
            except ValueError:
                problems.append(f"{key}={_shown(texts[0])} was left out: {expected}.")
        return cls(**found), tuple(problems)

    def to_query(self) -> str:
        """The query string, without "?", in one canonical order; "" for no filters."""
        pairs = (
            (key, write(getattr(self, field)))
            for key, (field, _, write, _) in PARAMETERS.items()
            if getattr(self, field) not in (None, ())
        )
        return "&".join(f"{key}={quote(text, safe=',', errors='replace')}" for key, text in pairs)

    def words(self) -> str:
        """Such as "Comedy, released 1990–1999", or "All ratings"."""
        parts = [
            " or ".join(self.genres),
            f"not {' or '.join(self.without)}" if self.without else "",
            f"released {_range_words(self.released)}" if self.released else "",
            f"rated {_rated_words(self.rated)}" if self.rated else "",
            f"at least {_counted(self.min_ratings)} per film" if self.min_ratings else "",
        ]
        return ", ".join(filter(None, parts)) or "All ratings"

    def known_to(self, genres: Collection[str]) -> tuple[Self, tuple[str, ...]]:
        """Keep the genres that a dataset has (any case); name the others, one sentence each."""
        spelling = {genre.casefold(): genre for genre in genres}
        unknown = [
            name for name in (*self.genres, *self.without) if name.casefold() not in spelling
        ]

        def known(names: Iterable[str]) -> tuple[str, ...]:
            return tuple(spelling[n.casefold()] for n in names if n.casefold() in spelling)

        problems = tuple(
            f"There is no genre “{_shown(name)}” here; it was left out." for name in unknown
        )
        return replace(self, genres=known(self.genres), without=known(self.without)), problems


def _ordered(ends: tuple[Any, Any] | None) -> tuple[Any, Any] | None:
    """The range with its ends in order; None where both are open."""
    if ends is None or ends == (None, None):
        return None
    first, last = ends
    return (
        (last, first) if first is not None and last is not None and last < first else (first, last)
    )


def _values_by_key(query: str | Mapping[str, Any] | None) -> dict[str, list[str]]:
    """Every text given for every key, stripped, in order; "\0" for a value that is no text."""
    if isinstance(query, Mapping):
        pairs = [(k, v) for k, held in query.items() for v in (held if _is_list(held) else [held])]
    else:
        pairs = (
            parse_qsl(query.removeprefix("?"), keep_blank_values=True)
            if isinstance(query, str)
            else []
        )
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        if isinstance(key, str) and value is not None:
            found.setdefault(key, []).append(_text(value))
    return found


def _is_list(value: Any) -> bool:
    return isinstance(value, (list, tuple))


def _text(value: Any) -> str:
    """A text or whole number as stripped text; a text that no parser takes for anything else."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int) and abs(value) <= MAX_MIN_RATINGS else "\0"


def _parse_genres(texts: list[str]) -> tuple[str, ...]:
    """Genre names, comma separated (no genre's name has a comma: the importer splits there)."""
    names = {name.strip() for text in texts for name in text[: MAX_VALUE_LENGTH + 1].split(",")}
    names.discard("")
    too_long = any(len(text) > MAX_VALUE_LENGTH for text in texts)
    if too_long or not names or len(names) > MAX_GENRES or any(map(UNPRINTABLE.search, names)):
        raise ValueError
    return tuple(names)


def _only(texts: list[str]) -> str:
    """The one value of a parameter that may be given once (or repeated alike)."""
    if len(set(texts)) != 1:
        raise ValueError
    return texts[0]


def _parse_released(texts: list[str]) -> YearRange:
    """`1990-1999`, `1990-`, `-1999` or `1990`."""
    match = YEARS.fullmatch(_only(texts))
    first, dash, last = match.groups() if match else (None, None, None)
    if not (first or last) or (first and last and not dash):
        raise ValueError
    ends = int(first) if first else None, int(last) if last else None
    return ends if dash else (ends[0], ends[0])


def _parse_rated(texts: list[str]) -> MonthRange:
    """`2005-01..2019-12`, either end open, or one month; a year stands for all its months."""
    first, dots, last = _only(texts).partition("..")
    ends = [_months(end) for end in (first, last if dots else first) if end]
    if not ends:
        raise ValueError
    low, high = min(low for low, _ in ends), max(high for _, high in ends)
    return low if first else None, high if last or not dots else None


def _months(text: str) -> tuple[Month, Month]:
    """First and last month of `2019` or `2019-03`."""
    if YEAR.fullmatch(text):
        return Month(int(text), 1), Month(int(text), 12)
    if match := MONTH.fullmatch(text):
        month = Month(int(match[1]), int(match[2]))
        return month, month
    raise ValueError


def _parse_min(texts: list[str]) -> int:
    text = _only(texts)
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > MAX_MIN_RATINGS:
        raise ValueError
    return int(text)


def _write_released(released: YearRange) -> str:
    first, last = ("" if year is None else f"{year:04}" for year in released)
    return f"{first}-{last}"


def _write_rated(rated: MonthRange) -> str:
    return "..".join("" if month is None else str(month) for month in rated)


# query key: (field, parse, write, what is expected)
PARAMETERS: dict[str, tuple[str, Callable, Callable, str]] = {
    "genres": ("genres", _parse_genres, ",".join, "expected genres like Comedy,Drama"),
    "without": ("without", _parse_genres, ",".join, "expected genres like Horror,War"),
    "released": (
        "released",
        _parse_released,
        _write_released,
        "expected one range of years like 1990-1999",
    ),
    "rated": (
        "rated",
        _parse_rated,
        _write_rated,
        "expected one range of months like 2005-01..2019-12",
    ),
    "min": ("min_ratings", _parse_min, str, "expected one whole number of ratings like 50"),
}


def _range_words(ends: tuple[Any, Any]) -> str:
    """Such as "1990–1999", "1990", "from 1990" or "until 1999"."""
    first, last = ends
    if first is None or last is None:
        return f"until {last}" if first is None else f"from {first}"
    return str(first) if first == last else f"{first}–{last}"


def _rated_words(rated: MonthRange) -> str:
    """Whole years as years, other periods by the names of their months."""
    first, last = rated
    whole_years = (first is None or first.month == 1) and (last is None or last.month == 12)
    if whole_years:
        return _range_words((first and first.year, last and last.year))
    return _range_words((first and first.words, last and last.words))


def _counted(ratings: int) -> str:
    return "1 rating" if ratings == 1 else f"{ratings:,} ratings"


def _shown(text: str) -> str:
    """A visitor's text, short and printable, to be quoted back."""
    clean = UNPRINTABLE.sub("�", text)
    return clean if len(clean) <= 40 else f"{clean[:39]}…"
