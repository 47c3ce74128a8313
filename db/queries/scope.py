"""The ratings of one dataset that pass a visitor's filters, as SQL and the values it is bound to.

A period is read as whole years from a rollup's table by year plus its edges from the one by month,
so a chart reads few rows beside its own.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from sqlalchemy import Connection

from db.filters.filter import Condition
from db.filters.rating_filters import RatingFilters
from db.queries.period import Period
from db.queries.rollups import YEAR, Grain, Need, Rollup, smallest
from db.store.datasets import Dataset
from db.store.engine import dataset

FILM = ("genre_mask", "release_year", "movie_id")
"""The columns of tables by film, which every condition can be asked on."""


@dataclass(frozen=True)
class Scope:
    """See the module."""

    filters: RatingFilters
    dataset: Dataset
    conditions: Sequence[Condition]
    """Which films pass."""

    @classmethod
    def of(cls, connection: Connection, filters: RatingFilters) -> Self:
        """The scope of filters on the dataset that the connection is bound to."""
        current = dataset(connection)
        return cls(filters, current, filters.conditions(connection, current))

    @cached_property
    def period(self) -> Period | None:
        """None where every month is inside."""
        return Period.within(self.filters.rated, self.dataset)

    @property
    def is_everything(self) -> bool:
        """Whether every rating passes."""
        return not (self.period or self.conditions)

    @property
    def film_conditions(self) -> list[str]:
        """Conditions on a film's genre_mask, release_year and movie_id; unknown passes none."""
        return [_on(condition, FILM) for condition in self.conditions]

    @property
    def rating_conditions(self) -> str:
        """Condition on the film, and the month, of single ratings."""
        months = ["month between :first_month and :last_month"] if self.period else []
        return " and ".join([*self.film_conditions, *months]) or "true"

    @cached_property
    def bound(self) -> dict[str, Any]:
        """The values that the conditions are bound to."""
        values: dict[str, Any] = {}
        for condition in self.conditions:
            values |= condition.values
        return values | (_period_values(self.period) if self.period else {})

    def plan(self, grain: Grain, *needs: Need, also: Sequence[Condition] = ()) -> "RollupPlan":
        """What answers a question that tells `needs` apart; `also`: conditions of its own."""
        conditions = (*self.conditions, *also)
        asked = [condition.sql.keys() for condition in conditions]
        rollup = smallest([*needs, *asked], grain, self.period is not None)
        return RollupPlan(rollup, grain, self.period, conditions)


@dataclass(frozen=True)
class RollupPlan:
    """A question's rollup, and which of its rows are read."""

    rollup: Rollup
    grain: Grain
    period: Period | None
    conditions: Sequence[Condition]

    def select(self, columns: str) -> str:
        """SELECT of rows that add up to the ratings that pass; {year} in columns: the year of
        rating."""
        table = self.rollup.table(self.grain, self.period is not None)
        if table == "totals" or not self.period:
            return self._select(table, columns)
        if table == "months":
            return self._select(table, columns, "month between :first_month and :last_month")
        years = "year between :first_year and :last_year"
        pieces = [self._select("years", columns, years)] if self.period.whole_years else []
        for i in range(len(self.period.edges)):
            edge = f"month between :edge{i}_first and :edge{i}_last"
            pieces.append(self._select("months", columns, edge))
        return "\nunion all\n".join(pieces)

    def _select(self, table: Grain, columns: str, when: str = "true") -> str:
        on = [_on(condition, self.rollup.dimensions) for condition in self.conditions]
        return (
            f"select {columns.format(year=YEAR.get(table))} from {self.rollup.name}_{table}"
            f" where {' and '.join([self.rollup.rows, when, *on])}"
        )


def _on(condition: Condition, dimensions: Collection[str]) -> str:
    """The condition on one of the dimensions, the first that it can be asked on."""
    return next(sql for name, sql in condition.sql.items() if name in dimensions)


def _period_values(period: Period) -> dict[str, int]:
    values = {"first_month": period.first, "last_month": period.last}
    values["first_year"], values["last_year"] = period.whole_years or (0, 0)
    for i, (first, last) in enumerate(period.edges):
        values |= {f"edge{i}_first": first, f"edge{i}_last": last}
    return values
