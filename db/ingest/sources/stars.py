"""Ratings of any scale as half stars."""

import re
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

NUMBER = re.compile(r"[+-]?[0-9]{1,9}(\.[0-9]{0,18})?")


@dataclass(frozen=True)
class Scale:
    """From the worst rating to the best.

    MovieLens' own, STARS, has half stars from 0.5 to 5, which are taken as they are. On any other
    scale the worst becomes half a star, the best five, and what lies between the nearest
    half star (upwards where two are as near).
    """

    low: Decimal = Decimal("0.5")
    high: Decimal = Decimal(5)
    exact: bool = False
    """Whether what lies between half stars is no rating."""

    def __post_init__(self) -> None:
        """Raises: ValueError where there is nothing between the ends."""
        if not (self.low.is_finite() and self.high.is_finite() and self.low < self.high):
            raise ValueError("a scale goes from a number to a larger one")

    def half_stars(self, text: str) -> int:
        """1 to 10, or 0 where the text is no number on the scale."""
        if not NUMBER.fullmatch(text):
            return 0
        rating = Decimal(text)
        if not self.low <= rating <= self.high:
            return 0
        if self.exact:
            return int(rating * 2) if rating * 2 % 1 == 0 else 0
        return int(1 + (rating - self.low) * 9 / (self.high - self.low) + Decimal("0.5"))

    def half_stars_of(self, ratings: np.ndarray) -> np.ndarray:
        """The same for floating-point numbers: int16; 0 also for NaN."""
        values, places = np.unique(np.asarray(ratings, np.float64), return_inverse=True)
        stars = [self.half_stars(f"{value:.9f}") for value in values]
        return np.array(stars, np.int16)[places]


STARS = Scale(exact=True)
