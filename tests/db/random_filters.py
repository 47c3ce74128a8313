"""Filters to ask with: some thought of, some random, some hostile, of every filter there is."""

import random
from collections.abc import Mapping, Sequence

from db.filters.filter import Choices, Filter, Range
from db.filters.months import Month
from db.filters.rating_filters import FILTERS, RatingFilters

FIXED = [
    "",
    "genres=Comedy",
    "genres=Comedy,Drama",
    "without=Drama",
    "genres=Comedy,Drama&without=Horror,Romance",
    "genres=Film-Noir&min=5",
    "released=1990-1999",
    "released=2015-",
    "released=-1939&genres=Comedy",
    "rated=2005",
    "rated=2000-03..2010-05",
    "rated=2004-11..2005-02&genres=War,Western",
    "rated=..1996-06",
    "rated=2016-04..",
    "rated=1970..2050&min=300",
    "genres=Comedy&without=Comedy",
    "genres=IMAX&released=1990-1999&rated=2007-02..2007-02",
    "released=2000-2010&rated=2003..2012-07&without=Action&min=2",
    "genres=No such genre",
    "without=No such genre",
    "tag=no such tag",
    "rated=1980",
    "rated=9000..",  # months past what a smallint holds
    "rated=..0001-01",
    "released=-1700",
]
GENRES = ["Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama",
          "Fantasy", "Film-Noir", "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi",
          "Thriller", "War", "Western"]  # fmt: skip


def random_queries(seed: int, n: int, names: Mapping[str, Sequence[str]]) -> list[str]:
    """n query strings of two or three filters. names: what can be ticked, by the noun of a filter;
    filters without any are left out."""
    chance = random.Random(seed)
    usable = [each for each in FILTERS if names.get(each.noun) or not _is_ticked(each)]
    return [
        "&".join(
            pair
            for each in chance.sample(usable, min(len(usable), chance.randint(2, 3)))
            for pair in _pairs(each, chance, names)
        )
        for _ in range(n)
    ]


def _is_ticked(each: Filter) -> bool:
    return isinstance(each.control, Choices)


def _pairs(each: Filter, chance: random.Random, names: Mapping[str, Sequence[str]]) -> list[str]:
    return [f"{each.key}={text}" for text in _texts(each, chance, names)]


def _texts(each: Filter, chance: random.Random, names: Mapping[str, Sequence[str]]) -> list[str]:
    """A value as the URL has it; ranges open or closed, in order or not."""
    if _is_ticked(each):
        known = names[each.noun]
        return each.write(tuple(chance.sample(known, chance.randint(1, min(4, len(known))))))
    if isinstance(each.control, Range):
        first, last = (_end(each.control.unit, chance) for _ in range(2))
        between = each.control.separator
        return [chance.choice([f"{first}{between}{last}", f"{first}{between}", f"{between}{last}"])]
    return [str(chance.choice([0, 1, 2, 5, 20, 100]))]


def _end(unit: str, chance: random.Random) -> str:
    if unit == "years":
        return str(chance.randint(1920, 2017))
    year = str(chance.randint(1996, 2016))
    return chance.choice([year, f"{year}-{chance.randint(1, 12):02}"])


HOSTILE_TEXTS = [
    *("\0", "\ud800", "'; drop table ratings; --", "%s %(x)s :x {x}", "\\", "x" * 100_000, ""),
]
HUGE = [-1, 0, 2**31, 2**63, 10**30, -(10**30)]


def _hostile(each: Filter) -> list:
    """Values of the filter's kind that no query string gives."""
    if _is_ticked(each):
        return [names for text in HOSTILE_TEXTS for names in ((text,), (text, "War"))]
    if isinstance(each.control, Range) and each.control.unit == "months":
        return [(Month(year, 1), Month(9999, 12)) for year in (0, 1, 9999)] + [(None, Month(0, 6))]
    if isinstance(each.control, Range):
        return [ends for number in HUGE for ends in ((number, None), (None, number))]
    return HUGE


HOSTILE_FILTERS = [
    RatingFilters(**{each.name: value}) for each in FILTERS for value in _hostile(each)
]
