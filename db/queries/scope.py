"""Which rows of which rollup hold the ratings that pass a visitor's filters.

A question has a grain (by film, by set of genres, by genre). A period is read as whole years from
the rollup by year plus its edges from the one by month, so a chart reads few rows beside its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from sqlalchemy import Connection

from db.filters.rating_filters import RatingFilters
from db.queries.period import Period
from db.queries.rollups import ALL_GENRES, MASKS, MOVIES, ONE_GENRE, SETS, Rollup
from db.store.datasets import Dataset
from db.store.engine import dataset

# The year of rating in tables of each grain that has one
YEAR = {"years": "year", "months": "1970 + month / 12"}


@dataclass(frozen=True)
class Scope:
    """The ratings of one dataset that pass the filters: SQL and the values that it is bound to."""

    filters: RatingFilters
    dataset: Dataset

    @classmethod
    def of(cls, connection: Connection, filters: RatingFilters) -> Self:
        """The scope of filters on the dataset that the connection is bound to."""
        return cls(filters, dataset(connection))

    @cached_property
    def period(self) -> Period | None:
        """None where every month is inside."""
        return Period.within(self.filters.rated, self.dataset)

    @property
    def is_everything(self) -> bool:
        """Whether every rating passes."""
        return not (self.period or self.genre_conditions or self.released_conditions)

    @cached_property
    def wanted(self) -> int:
        """The wanted genres as a mask."""
        return self._mask(self.filters.genres)

    @cached_property
    def unwanted(self) -> int:
        """The excluded genres as a mask."""
        return self._mask(self.filters.without)

    @cached_property
    def genre_conditions(self) -> list[str]:
        """Conditions on genre_mask; a wanted name that the dataset doesn't have matches no film."""
        wanted = ["genre_mask & :any_genre <> 0"] if self.filters.genres else []
        # "< 1" for "= 0", of which the planner would expect too few rows to hash
        unwanted = ["genre_mask & :no_genre < 1"] if self.unwanted else []
        return wanted + unwanted

    @cached_property
    def released_conditions(self) -> list[str]:
        """Conditions on release_year; null, for unknown, passes none."""
        first, last = self.filters.released or (None, None)
        since = ["release_year >= :first_release"] if first is not None else []
        until = ["release_year <= :last_release"] if last is not None else []
        return since + until

    @property
    def rating_conditions(self) -> str:
        """Condition on genre_mask, release_year and month of single ratings."""
        months = ["month between :first_month and :last_month"] if self.period else []
        return " and ".join([*self.genre_conditions, *self.released_conditions, *months]) or "true"

    @property
    def sums(self) -> Rollup:
        """The smallest rollup for sums by month or year over all ratings that pass."""
        if not self.genre_conditions:
            return ALL_GENRES
        return ONE_GENRE if self.wanted.bit_count() == 1 and not self.unwanted else self.masks

    @property
    def masks(self) -> Rollup:
        """The smallest rollup that tells sets of genres apart."""
        return MASKS if self.released_conditions else SETS

    @property
    def grand_totals(self) -> Rollup:
        """The smallest rollup for sums over all ratings that pass."""
        return MOVIES if self.sums is MASKS and not self.period else self.sums

    @cached_property
    def bound(self) -> dict[str, Any]:
        """The values that the conditions are bound to."""
        first_release, last_release = self.filters.released or (None, None)
        values = {
            "any_genre": self.wanted,
            "no_genre": self.unwanted,
            "only_genre": self.wanted.bit_length() - 1,
            "first_release": first_release,
            "last_release": last_release,
        }
        return values | (self._period_values(self.period) if self.period else {})

    @staticmethod
    def _period_values(period: Period) -> dict[str, int]:
        values = {"first_month": period.first, "last_month": period.last}
        values["first_year"], values["last_year"] = period.whole_years or (0, 0)
        for i, (first, last) in enumerate(period.edges):
            values |= {f"edge{i}_first": first, f"edge{i}_last": last}
        return values

    def _mask(self, names: Sequence[str]) -> int:
        bits = {genre: 1 << i for i, genre in enumerate(self.dataset.genres)}
        return sum(bits.get(name, 0) for name in names)

    def months(self, rollup: Rollup, columns: str) -> str:
        """SELECT of the rollup by month, for answers by month."""
        when = "month between :first_month and :last_month" if self.period else "true"
        return self._select(rollup, "months", columns, when)

    def years(self, rollup: Rollup, columns: str) -> str:
        """SELECT of rows with the {year} of rating, for answers by year."""
        if not self.period:
            return self._select(rollup, "years", columns)
        years = "year between :first_year and :last_year"
        pieces = [self._select(rollup, "years", columns, years)] if self.period.whole_years else []
        for i in range(len(self.period.edges)):
            edge = f"month between :edge{i}_first and :edge{i}_last"
            pieces.append(self._select(rollup, "months", columns, edge))
        return "\nunion all\n".join(pieces)

    def totals(self, rollup: Rollup, columns: str) -> str:
        """SELECT of the fewest rows that add up to the ratings that pass."""
        if self.period or not rollup.has_totals:
            return self.years(rollup, columns)
        return self._select(rollup, "totals", columns)

    def _select(self, rollup: Rollup, grain: str, columns: str, when: str = "true") -> str:
        conditions = [rollup.rows, when, *self.released_conditions]
        conditions += self.genre_conditions if rollup.has_genre_mask else []
        return (
            f"select {columns.format(year=YEAR.get(grain))} from {rollup.name}_{grain}"
            f" where {' and '.join(conditions)}"
        )
