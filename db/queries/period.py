"""A period of rating, taken apart into whole years and the months at its edges."""

from dataclasses import dataclass
from typing import Self

from db.filters.months import Month, MonthRange
from db.store.datasets import Dataset


@dataclass(frozen=True)
class Period:
    """Months `first` to `last`, numbered from January 1970; empty where last is before first."""

    first: int
    last: int

    @classmethod
    def within(cls, rated: MonthRange | None, dataset: Dataset) -> Self | None:
        """The part of a dataset that a filter leaves; None where that is all of it.

        An end beyond the dataset moves to the end of the dataset's year, which makes it whole.
        """
        first, last = rated or (None, None)
        start = Month(dataset.first_month.year, 1).number
        end = Month(dataset.last_month.year, 12).number
        low = start if first is None or first <= dataset.first_month else first.number
        high = end if last is None or last >= dataset.last_month else last.number
        return None if (low, high) == (start, end) else cls(low, high)

    @property
    def whole_years(self) -> tuple[int, int] | None:
        """First and last calendar year that are inside from January to December."""
        first, last = -(-self.first // 12), (self.last + 1) // 12 - 1
        return (1970 + first, 1970 + last) if first <= last else None

    @property
    def edges(self) -> list[tuple[int, int]]:
        """Runs of months that are in no whole year: none, one or two."""
        if self.whole_years is None:
            return [(self.first, self.last)]
        first, last = ((year - 1970) * 12 for year in self.whole_years)
        runs = [(self.first, first - 1), (last + 12, self.last)]
        return [(low, high) for low, high in runs if low <= high]
