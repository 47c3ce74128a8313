"""How many ratings a film has at least to be in a list of films; sums over ratings ignore it."""

import re

from db.filters.filter import Filter, Number, only

MAX_MIN_RATINGS = 1_000_000_000


def _parse(texts: list[str]) -> int:
    text = only(texts)
    if not re.fullmatch(r"[0-9]{1,10}", text) or int(text) > MAX_MIN_RATINGS:
        raise ValueError
    return int(text)


def _describe(least: int) -> str:
    counted = "1 rating" if least == 1 else f"{least:,} ratings"
    return f"at least {counted} per film" if least else ""


MIN_RATINGS = Filter(
    key="min",
    name="min_ratings",
    noun="number of ratings",
    expected="expected one whole number of ratings like 50",
    parse=_parse,
    write=lambda least: [str(least)],
    describe=_describe,
    control=Number("Ratings per film, at least", "default", "A whole number, like 50."),
)
