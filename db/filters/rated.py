"""Ratings given in some months (UTC). What they mean for a dataset: db/queries/period.py."""

import re

from sqlalchemy import Connection

from db.filters.filter import Filter, Range, only, ordered, range_words
from db.filters.months import Month, MonthRange
from db.store.datasets import Dataset

YEAR = re.compile(r"[0-9]{4}")
MONTH = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])")


def _parse(texts: list[str]) -> MonthRange:
    """`2005-01..2019-12`, either end open, or one month; a year stands for all its months."""
    first, dots, last = only(texts).partition("..")
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


def _write(months: MonthRange) -> list[str]:
    return ["..".join("" if month is None else str(month) for month in months)]


def _describe(months: MonthRange) -> str:
    """Whole years as years, other periods by the names of their months."""
    first, last = months
    whole_years = (first is None or first.month == 1) and (last is None or last.month == 12)
    if whole_years:
        return f"rated {range_words((first and first.year, last and last.year))}"
    return f"rated {range_words((first and first.label, last and last.label))}"


def _known(
    months: MonthRange, _: Connection, dataset: Dataset
) -> tuple[MonthRange | None, list[str]]:
    return (months, []) if dataset.has_times else (None, _write(months))


RATED = Filter(
    key="rated",
    name="rated",
    noun="month",
    expected="expected one range of months like 2005-01..2019-12",
    parse=_parse,
    write=_write,
    describe=_describe,
    control=Range(
        "Rated",
        "months",
        "..",
        "text",
        ("YYYY-MM", "YYYY-MM"),
        "Months are written like 2005-03, whole years like 2005.",
    ),
    canonical=ordered,
    offered=lambda dataset: dataset.has_times,
    known=_known,
)
