"""Values of the query string that need more than a look: each read as it is meant, or named.

The functions take the text of one key and return its value and what is said of what can't be used.
"""

import re

from db.filters.filter import printable
from db.filters.rating_filters import RatingFilters
from db.queries.disagreement import ORDERS, Within

MOST_USERS = 100
MOST_ZOOM = 100.0
NUMBER = r"-?[0-9]{1,6}(?:\.[0-9]{1,6})?"
WITHIN = re.compile(rf"([a-z]+),({NUMBER})\.\.({NUMBER}),({NUMBER})\.\.({NUMBER})")
EVERYTHING = "all"  # vs=all: against all ratings


def second_set(text: str) -> tuple[RatingFilters | None, tuple[str, ...]]:
    if text in ("", EVERYTHING):
        return (RatingFilters() if text else None), ()
    filters, problems = RatingFilters.from_query(text)
    if problems:
        return (filters if filters.chosen else None), tuple(f"vs: {each}" for each in problems)
    if not filters.chosen:
        said = f"vs={printable(text)} was left out: expected filters like vs=genres%3DDrama."
        return None, (said,)
    return filters, ()


def identifier(text: str) -> tuple[int | None, str]:
    if not text:
        return None, ""
    if text.isascii() and text.isdigit() and int(text[:20]) < 2**31:
        return int(text[:20]), ""
    return None, f"movie={text[:40]} is not a film's number, so no film is chosen."


def user_id(text: str) -> tuple[int | None, str]:
    number, problem = identifier(text)
    return number, f"user={text[:40]} is not a user's number." if problem else ""


def user_ids(text: str) -> tuple[tuple[int, ...], str]:
    numbers = [identifier(part.strip())[0] for part in text.split(",") if part.strip()][:1000]
    users = tuple(dict.fromkeys(number for number in numbers if number is not None))
    if None in numbers:
        return users[
            :MOST_USERS
        ], "users= takes user numbers with commas between; the rest is left out."
    if len(users) > MOST_USERS:
        return users[
            :MOST_USERS
        ], f"users= takes at most {MOST_USERS} users; the first {MOST_USERS} are shown."
    return users, ""


def place(text: str) -> tuple[tuple[float, float, float] | None, str]:
    if not text:
        return None, ""
    if re.fullmatch(r"(-?[0-9.]{1,9},){2}[0-9.]{1,9}", text):
        try:
            x, y, zoom = (float(number) for number in text.split(","))
        except ValueError:
            return _no_place(text)
        if max(abs(x), abs(y)) <= 2 and 0 < zoom <= MOST_ZOOM:
            return (x, y, zoom), ""
    return _no_place(text)


def _no_place(text: str) -> tuple[None, str]:
    return None, f"at={text[:40]} is no place on the map: x, y and zoom, as in at=0.5,0.5,2."


def within(text: str) -> tuple[Within | None, str]:
    """Of films: by what they are told apart, from which average to which, and how much of it."""
    if not text:
        return None, ""
    found = WITHIN.fullmatch(text)
    if found is None or found[1] not in ORDERS:
        said = f"within={printable(text)} was left out: expected a part of the chart like"
        return None, f"{said} within=agreement,3..4,-0.5..0."
    low, high, least, most = (float(number) for number in found.groups()[1:])
    return Within(found[1], _ordered(low, high), _ordered(least, most)), ""


def _ordered(one: float, other: float) -> tuple[float, float]:
    return min(one, other), max(one, other)


def within_text(chosen: Within) -> str:
    """The reverse."""
    pairs = (chosen.averages, chosen.spreads)
    return ",".join([chosen.measure, *(f"{_plain(low)}..{_plain(high)}" for low, high in pairs)])


def _plain(number: float) -> str:
    """Without an exponent, or zeros that say nothing."""
    return f"{number:.6f}".rstrip("0").rstrip(".")
