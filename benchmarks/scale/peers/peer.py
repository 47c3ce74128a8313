"""What every peer is."""

from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

import pandas as pd

from db.filters import RatingFilters


class Peer(Protocol):
    """Has read a dataset and answers charts from it.

    Its tables hold what an owner would have worked out beforehand: the month of a rating as a
    number (from January 1970), ratings as half stars, a film's release year.
    """

    def answer(self, chart: str, filters: RatingFilters, movie: int) -> pd.DataFrame:
        """The numbers of the chart's CSV, in any order of rows and columns; months as numbers."""


class Opener(Protocol):
    """Makes a peer from a directory in MovieLens' CSV layout; files of its own go to `scratch`."""

    def __call__(self, source: Path, scratch: Path) -> AbstractContextManager[Peer]: ...
