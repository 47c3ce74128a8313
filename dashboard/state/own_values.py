"""Values of the query string that need more than a look: each read as it is meant, or named.

The functions take the text of one key and return its value and what is said of what can't be used.
"""

import re

from db.filters.filter import printable
from db.filters.rating_filters import RatingFilters

MOST_USERS = 100
MOST_ZOOM = 100.0
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
