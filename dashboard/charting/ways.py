"""Where a chart's marks and its table's cells lead: columns of one name mean the same everywhere.

A genre, a month, a year or a decade becomes a filter, or is taken away where it is one already; a
film or a user has a page. A film can also be chosen on the page that one is on.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

import pandas as pd

from dashboard.paths import film_path, taste_path
from dashboard.state.view import View
from db.filters.months import Month
from db.filters.rating_filters import RatingFilters

FORMS = {
    "month": re.compile("[0-9]{4}-(0[1-9]|1[0-2])"),
    "year": re.compile("[0-9]{4}"),
    "decade": re.compile("[0-9]{3}0"),
    "movie_id": re.compile("[0-9]{1,9}"),
    "movie": re.compile("[0-9]{1,9}"),
    "user_id": re.compile("[0-9]{1,9}"),
}
"""What a value of a column begins with, others being whole texts: 2005-03-01 is in 2005-03."""


def _genre(filters: RatingFilters, genre: str) -> tuple[str, Any]:
    chosen = filters.genres
    rest = tuple(name for name in chosen if name != genre)
    return "genres", rest if genre in chosen else (*chosen, genre)


def _month(_: RatingFilters, text: str) -> tuple[str, Any]:
    month = Month(int(text[:4]), int(text[5:7]))
    return "rated", (month, month)


def _year(_: RatingFilters, text: str) -> tuple[str, Any]:
    return "rated", (Month(int(text), 1), Month(int(text), 12))


def _decade(_: RatingFilters, text: str) -> tuple[str, Any]:
    return "released", (int(text), int(text) + 9)


FILTERED: Mapping[str, Callable[[RatingFilters, str], tuple[str, Any]]] = {
    "genre": _genre,
    "month": _month,
    "year": _year,
    "decade": _decade,
}
"""By column: the field of RatingFilters that a value chooses, and what it then holds."""
CHOSEN = "movie"
"""Of a mark: the film that stands out on the page, or no longer does."""
OPENED: Mapping[str, Callable[[int], str]] = {"movie_id": film_path, "user_id": taste_path}
"""By column: the page that a number opens."""


def chosen(view: View, values: Mapping[str, str]) -> View:
    """The view once these values, texts by column, are chosen; without them where they were."""
    if CHOSEN in values:
        movie = int(values[CHOSEN])
        return replace(view, movie=None if view.movie == movie else movie)
    filters = view.filters
    for column, text in values.items():
        name, value = FILTERED[column](view.filters, text)
        filters = filters.having(name, value)
    if filters == view.filters:
        names = {FILTERED[column](filters, text)[0] for column, text in values.items()}
        for name in names:
            filters = filters.leaving_out(name)
    return replace(view, filters=filters, page=1)


def address(view: View, values: Mapping[str, str]) -> str:
    """Where a mark with these values leads: a query string with its "?", or a path."""
    for column, page in OPENED.items():
        if column in values:
            return page(int(values[column]))
    return f"?{chosen(view, values).to_query()}"


def links(rows: pd.DataFrame, view: View) -> dict[str, list[str]]:
    """By column of `rows`: where each cell leads, of those that lead anywhere.

    A film's title leads to its page, where there is one beside its number.
    """
    found = {}
    for column in rows:
        if column in FILTERED or column in OPENED:
            shown = "title" if column == "movie_id" and "title" in rows else column
            way = cache(lambda value, column=column: address(view, {column: value}))
            found[shown] = [way(as_text(column, value)) for value in rows[column]]
    return found


def as_text(column: str, value: object) -> str:
    """A value of a mark or a cell: 2005-03 of any date in it, 1990 of 1990s.

    Raises ValueError where it is none of the column.
    """
    text = str(value)
    if column not in FORMS:
        return text
    if found := FORMS[column].match(text):
        return found[0]
    raise ValueError(f"{text[:40]!r} is no {column}")
