"""The rollups that rollups.sql makes: what tells their rows apart, and which answers a question.

A question names the dimensions that it tells apart or asks about, and its grain: by month, by year
or over all time. The smallest rollup that has them all answers it; the one by film has every one.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Grain = Literal["months", "years", "totals"]
Need = Collection[str]
"""Dimensions of which any one will do."""

# The year of rating in the tables of each grain
YEAR = {"years": "year", "months": "1970 + month / 12"}


@dataclass(frozen=True)
class Rollup:
    """Tables `<name>_<grain>` of sums.

    dimensions: columns that tell rows apart beside the time; `only_genre` stands for rows of one
    genre each, of which a question reads those of one. sizes: rows by grain, at 32 million ratings.
    rows: which of the rows are meant.
    """

    name: str
    dimensions: frozenset[str]
    sizes: Mapping[Grain, int]
    rows: str = "true"

    def covers(self, needs: Iterable[Need]) -> bool:
        """Whether its rows tell apart what is asked about."""
        return all(self.dimensions & set(need) for need in needs)

    def table(self, grain: Grain, has_period: bool) -> Grain:
        """The grain of the table that is read: with a period, or without a table of its own, a
        question over all time reads years, and one by year months."""
        if grain == "totals" and (has_period or "totals" not in self.sizes):
            grain = "years"
        return grain if grain in self.sizes else "months"

    def size(self, grain: Grain, has_period: bool) -> int:
        """How many rows a question has to look at."""
        return self.sizes[self.table(grain, has_period)]


ROLLUPS = (
    Rollup(
        "genre", frozenset({"release_year"}), {"months": 37_339, "years": 3_445}, "genre is null"
    ),
    Rollup(
        "genre",
        frozenset({"release_year", "only_genre"}),
        {"months": 37_340, "years": 3_446},
    ),
    Rollup(
        "genre",
        frozenset({"release_year", "genre"}),
        {"months": 469_608, "years": 46_464},
        "genre is not null",
    ),
    Rollup("set", frozenset({"genre_mask"}), {"months": 270_472, "years": 31_111}),
    Rollup(
        "mask", frozenset({"release_year", "genre_mask"}), {"months": 1_423_342, "years": 206_355}
    ),
    Rollup(
        "movie",
        frozenset({"release_year", "genre_mask", "movie_id"}),
        {"months": 3_086_837, "totals": 84_432},
    ),
)


def smallest(needs: Collection[Need], grain: Grain, has_period: bool) -> Rollup:
    """The rollup that answers with the fewest rows."""
    covering = [rollup for rollup in ROLLUPS if rollup.covers(needs)]
    return min(covering, key=lambda rollup: rollup.size(grain, has_period))
