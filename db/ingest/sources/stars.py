"""Ratings of any scale as half stars."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

import numpy as np

NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{0,18})?")
MOST_PARTS = 9  # between the ten half stars
EXACT = (Decimal(1), Decimal("0.5"))  # steps of ratings that are kept exactly where they fit


@dataclass(frozen=True)
class Scale:
    """From the worst rating to the best.

    MovieLens' own, STARS, has half stars from 0.5 to 5, which are taken as they are. On any other
    scale the best becomes five stars, the worst as many half stars less as there are `parts`, and
    what lies between the nearest half star (upwards where two are as near).
    """

    low: Decimal = Decimal("0.5")
    high: Decimal = Decimal(5)
    exact: bool = False
    """Whether what lies between half stars is no rating."""
    parts: int | None = None
    """Half stars between the worst and the best; None: as many as there are, or as `fitted`."""

    def __post_init__(self) -> None:
        """Raises: ValueError where there is nothing between the ends."""
        if not (self.low.is_finite() and self.high.is_finite() and self.low < self.high):
            raise ValueError("a scale goes from a number to a larger one")

    @property
    def step(self) -> Decimal:
        """What a half star is worth on the scale."""
        return (self.high - self.low) / (self.parts or MOST_PARTS)

    def __str__(self) -> str:
        return f"{self.low:f} to {self.high:f}"

    def fitted(self, texts: Sequence[str]) -> Self:
        """With such `parts` that whole or half numbers are kept exactly, where that can be.

        texts: the first ratings, which say whether they are such numbers; of none whole numbers are
        expected. 1 to 5 then has eight parts, and 1 is one star.
        """
        if self.exact or self.parts:
            return self
        given = [Decimal(text) for text in texts if NUMBER.fullmatch(text)]
        offsets = [self.high - self.low, *(number - self.low for number in given)]
        for step in EXACT:
            steps = int((self.high - self.low) / step)
            if 0 < steps <= MOST_PARTS and all(offset % step == 0 for offset in offsets):
                return replace(self, parts=MOST_PARTS // steps * steps)
        return self

    def half_stars(self, text: str) -> int:
        """1 to 10, or 0 where the text is no number on the scale."""
        if not NUMBER.fullmatch(text):
            return 0
        rating = Decimal(text)
        if not self.low <= rating <= self.high:
            return 0
        if self.exact:
            return int(rating * 2) if rating * 2 % 1 == 0 else 0
        below = (rating - self.high) * (self.parts or MOST_PARTS) / (self.high - self.low)
        return int(10 + below + Decimal("0.5"))

    def half_stars_of(self, ratings: np.ndarray) -> np.ndarray:
        """The same for floating-point numbers: int16; 0 also for NaN."""
        values, places = np.unique(np.asarray(ratings, np.float64), return_inverse=True)
        stars = [self.half_stars(f"{value:.9f}") for value in values]
        return np.array(stars, np.int16)[places]


STARS = Scale(exact=True)


def scale_of(low: float, high: float, step: float) -> Scale:
    """The scale that a dataset was read on, from what the catalogue has of it."""
    ends = Decimal(f"{low:g}"), Decimal(f"{high:g}")
    if (*ends, step) == (STARS.low, STARS.high, 0.5):
        return STARS
    return Scale(*ends, parts=round((high - low) / step))
