"""When a film came out, as its title says."""

import re

AT_THE_END = re.compile(r"\(([0-9]{4})\)\s*")


def release_year(title: str, column: str = "") -> int | None:
    """The year of a column of its own, else the one in brackets that ends the title; never 0."""
    if column.strip().isdecimal() and 0 < int(column.strip()[:6]) <= 9999:
        return int(column)
    end = AT_THE_END.fullmatch(title, max(0, title.rfind("(")))
    return int(end[1]) or None if end else None
