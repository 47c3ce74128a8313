"""When a film came out, as a column of its own or its title says."""

import re

# "(1994)", "(1975-1979)", "(2007– )", perhaps before one remark: "(1994) (Director's Cut)"
AT_THE_END = re.compile(r"\(([0-9]{4})(?: ?[-–—] ?(?:[0-9]{4})? ?)?\)\s*(?:\([^()]*\)\s*)?")
YEAR = re.compile(r"([0-9]{1,4})(?:\.0+)?")
OF_A_RANGE = re.compile(r"([0-9]{4}) ?[-–—] ?(?:[0-9]{4})?")
IN_A_DATE = re.compile(r"(?<![0-9])(1[89][0-9]{2}|20[0-9]{2})(?![0-9])")


def release_year(title: str, column: str = "") -> int | None:
    """The year of a column of its own, else the one in brackets that ends the title; never 0.

    The column may hold a date; of a range, the first year counts.
    """
    return _of_column(column.strip()) or _of_title(title)


def _of_column(text: str) -> int | None:
    if found := YEAR.fullmatch(text) or OF_A_RANGE.fullmatch(text):
        return int(found[1]) or None
    years = IN_A_DATE.findall(text) if len(text) <= 40 else []
    return int(years[0]) if len(years) == 1 else None


def _of_title(title: str) -> int | None:
    for bracket in _last_brackets(title):
        if found := AT_THE_END.fullmatch(title, bracket):
            return int(found[1]) or None
    return None


def _last_brackets(title: str) -> list[int]:
    """Where the last two brackets open, the last first."""
    last = title.rfind("(")
    return [max(0, last), title.rfind("(", 0, max(0, last))] if last > 0 else [0]
