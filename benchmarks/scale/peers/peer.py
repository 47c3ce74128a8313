"""What every peer is."""

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import numpy as np
import pandas as pd

from db.filters.months import MonthRange


def directions(order: Sequence[str]) -> dict[str, str]:
    """A chart's order, such as "-ratings", as columns and "asc" or "desc"."""
    return {name.removeprefix("-"): "desc" if name[:1] == "-" else "asc" for name in order}


class Peer(Protocol):
    """Has read a dataset and answers charts from it.

    Its tables hold what an owner would have worked out beforehand: the month of a rating as a
    number (from January 1970), ratings as half stars, a film's release year.
    """

    charts: Collection[str]
    """Ids of the charts that it answers."""

    def answer(
        self,
        chart: str,
        films: np.ndarray | None,
        rated: MonthRange | None,
        movie: int,
        order: Sequence[str],
        limit: int | None,
    ) -> pd.DataFrame:
        """The numbers of the chart's CSV, in any order of rows and columns; months as numbers.

        films: ids of those that pass the filters of films, None for all. They are worked out once
        for each mix and are not in a peer's time, which is generous to it.
        With a limit only that many rows, the first by `order`.
        """


class Opener(Protocol):
    """Makes a peer from a directory in MovieLens' CSV layout; files of its own go to `scratch`."""

    def __call__(self, source: Path, scratch: Path) -> AbstractContextManager[Peer]: ...
