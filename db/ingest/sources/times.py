"""When something was rated, as people write it: numbers since 1970 or dates, all in UTC."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import partial

from db.errors import LoadError
from db.ingest.sources.event_lines import NOT_STORABLE, seconds_of
from db.ingest.sources.rejections import Unusable

Reader = Callable[[str], int]
"""Seconds since 1970 of a text; NOT_STORABLE where it is no time."""

UNITS = {"seconds": 1, "milliseconds": 10**3, "microseconds": 10**6, "nanoseconds": 10**9}
NUMBER = re.compile(r"(-?[0-9]{1,20})(\.[0-9]{0,20})?")
YEAR = re.compile(r"(19|20)[0-9]{2}")
COMPACT = re.compile(r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")
DATE = re.compile(
    r"(?P<a>[0-9]{1,4})(?P<mark>[./-])(?P<b>[0-9]{1,2})(?P=mark)(?P<c>[0-9]{1,4})"
    r"(?:[T ,]+(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]*)?)?"
    r"\s*(?P<half>[AaPp]\.?[Mm]\.?)?)?(?: ?(?:UTC|GMT|Z))?"
)
NAMED = re.compile(
    r"(?:(?P<day>[0-9]{1,2})[ -])?(?P<month>[A-Za-z]{3})[a-z]*\.?"
    r"[ -](?:(?P<day2>[0-9]{1,2}), ?)?(?P<year>[0-9]{4})"
)
REVIEW = re.compile(r"(?P<month>[0-9]{1,2}) (?P<day>[0-9]{1,2}), (?P<year>[0-9]{4})")  # Amazon's
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

PLAIN, YEARS, COMPACT_DATES = "seconds", "years", "dates without separators"
DAY_FIRST, MONTH_FIRST = "day-first", "month-first"
FEW = 3  # times that can't be read may be damage
MOST = 4 / 5  # of the times that are seen at first are in the file's form


def seconds(text: str, unit: int = 1) -> int:
    """Of a number, perhaps with a fraction, of so many a second; else of a date that no one
    misreads."""
    number = NUMBER.fullmatch(text)
    if number is None:
        return _date(text, "")
    when = int(number[1])
    # In a file of milliseconds, a time of seconds would be in January 1970
    return when // unit if unit == 1 or UNITS[_unit(when)] == unit else NOT_STORABLE


def _unit(number: int) -> str:
    """10^11 seconds are in the year 5138, and as many milliseconds in 1973."""
    units = (name for name, unit in UNITS.items() if abs(number) < unit * 10**11)
    return next(units, "nanoseconds")


def years(text: str) -> int:
    """Of the first day of a year."""
    return _of(int(text), 1, 1) if YEAR.fullmatch(text) else NOT_STORABLE


def compact(text: str) -> int:
    """Of such as 20240131."""
    if not COMPACT.fullmatch(text):
        return NOT_STORABLE
    return _of(int(text[:4]), int(text[4:6]), int(text[6:]))


def day_first(text: str) -> int:
    """Of 31.1.2024, and of all that says itself what it is."""
    return _date(text, DAY_FIRST)


def month_first(text: str) -> int:
    """Of 1/31/2024, and of all that says itself what it is."""
    return _date(text, MONTH_FIRST)


FORMS: dict[str, Reader] = {
    PLAIN: seconds,
    **{name: partial(seconds, unit=unit) for name, unit in UNITS.items() if unit > 1},
    YEARS: years,
    COMPACT_DATES: compact,
    DAY_FIRST: day_first,
    MONTH_FIRST: month_first,
}
SAID = (*UNITS, YEARS, DAY_FIRST, MONTH_FIRST)
"""The forms that the command line can ask for."""


def form_of(texts: Sequence[str], file: str) -> str:
    """The form that times have, by the first of them.

    Raises: LoadError where days and months can't be told apart.
    """
    texts = [text for text in texts if text]
    for form, pattern in ((YEARS, YEAR), (COMPACT_DATES, COMPACT)):
        if _mostly([pattern.fullmatch(text) for text in texts]):
            return form
    units = [_unit(int(found[1])) for text in texts if (found := NUMBER.fullmatch(text))]
    if _mostly(units, len(texts)):
        unit = Counter(units).most_common(1)[0]
        return unit[0] if unit[1] > MOST * len(texts) else PLAIN
    return _order(texts, file)


def strictly_plain(texts: Sequence[str]) -> bool:
    """Whether the quick reader (event_lines) can read most of them."""

    def can_be_read(text: str) -> bool:
        try:
            return seconds_of(text) >= 0
        except Unusable:
            return False

    texts = [text for text in texts if text]
    unread = sum(not can_be_read(text) for text in texts)
    few = unread < FEW and unread < len(texts)
    return not unread or few or unread < (1 - MOST) * len(texts)


def _mostly(found: Sequence, of: int | None = None) -> bool:
    """Whether most are there, not None."""
    some = sum(each is not None for each in found)
    return some > MOST * (len(found) if of is None else of)


def _order(texts: Sequence[str], file: str) -> str:
    dates = [found for text in texts if (found := DATE.fullmatch(text)) and len(found["a"]) <= 2]
    if not _mostly(dates, len(texts)):
        return PLAIN
    if all(date["mark"] == "." for date in dates):
        return DAY_FIRST  # dots stand in dates of languages that begin with the day
    days = {DAY_FIRST: 0, MONTH_FIRST: 0}
    for date in dates:
        days[DAY_FIRST] += int(date["a"]) > 12
        days[MONTH_FIRST] += int(date["b"]) > 12
    if bool(days[DAY_FIRST]) == bool(days[MONTH_FIRST]):
        raise LoadError(
            f"{file}: {dates[0][0]!r} can be read in two ways; say --times {DAY_FIRST}"
            f" or --times {MONTH_FIRST}."
        )
    return max(days, key=lambda order: days[order])


def _date(text: str, order: str) -> int:
    """Seconds since 1970; without an order, those dates alone that have but one meaning."""
    if date := DATE.fullmatch(text):
        a, b, c = (date["a"], date["b"], date["c"])
        if len(a) == 4:
            year, month, day = a, b, c
        elif order == MONTH_FIRST:
            month, day, year = a, b, c
        elif order == DAY_FIRST:
            day, month, year = a, b, c
        else:
            return NOT_STORABLE
        hour = int(date["hour"] or 0)
        if half := date["half"]:
            hour = hour % 12 + 12 * (half[0] in "pP")
        clock = hour, int(date["minute"] or 0), int(date["second"] or 0)
        return _of(_full_year(year), int(month), int(day), clock)
    named = NAMED.fullmatch(text) or REVIEW.fullmatch(text)
    if named:
        return _named(named)
    try:
        return seconds_of(text)
    except Unusable:
        return NOT_STORABLE


def _named(found: re.Match) -> int:
    parts = found.groupdict()
    month = parts["month"].lower()
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month) if month.isdigit() else 0
    return _of(int(parts["year"]), number, int(parts["day"] or parts.get("day2") or 1))


def _full_year(text: str) -> int:
    """Of two digits, one between 1970 and 2069."""
    year = int(text)
    return year if len(text) == 4 else year + (1900 if year >= 70 else 2000)


def _of(year: int, month: int, day: int, clock: tuple[int, int, int] = (0, 0, 0)) -> int:
    try:
        return int(datetime(year, month, day, *clock, 0, UTC).timestamp())
    except ValueError:
        return NOT_STORABLE
