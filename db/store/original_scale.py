"""The scale that a dataset's ratings had in its files; stored they are half stars, 1 to 10."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:  # the launcher stays without them: 50 MB
    import numpy as np
    import pandas as pd

BEST = 10  # half stars of the best rating


@dataclass(frozen=True)
class OriginalScale:
    """Numbers of a scale, from those that are stored: ten half stars are `high`.

    MovieLens' own are stars: 0.5 to 5, a half star each step. Where `step` is the file's own, the
    numbers are the file's; else each is the nearest of ten (0 to 100, or tenths).
    """

    low: float = 0.5
    high: float = 5.0
    step: float = 0.5
    """What a half star is worth."""

    @property
    def is_stars(self) -> bool:
        """Whether half a star is half a star."""
        return (self.high, self.step) == (5.0, 0.5)

    @overload
    def value(self, half_stars: float) -> float: ...
    @overload
    def value(self, half_stars: "np.ndarray") -> "np.ndarray": ...
    @overload
    def value(self, half_stars: "pd.Series") -> "pd.Series": ...
    def value(self, half_stars):
        """A rating, or an average of ratings, as a number of the scale."""
        return self.high - (BEST - half_stars) * self.step

    def half_stars(self, value: float) -> float:
        """Of a number of the scale."""
        return BEST - (self.high - value) / self.step

    @property
    def values(self) -> list[float]:
        """All ratings that there can be, from the worst."""
        lowest = round(self.half_stars(self.low))
        return [self.value(half_stars) for half_stars in range(lowest, BEST + 1)]

    def __str__(self) -> str:
        return f"{self.low:g} to {self.high:g}"
