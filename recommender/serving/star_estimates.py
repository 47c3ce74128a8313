"""What a visitor would give to films, and between which stars that probably lies."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from recommender.models.base import Profile
from recommender.models.star_intervals import StarIntervals
from recommender.models.star_predictor import StarPredictor


@dataclass(frozen=True)
class StarEstimate:
    """Stars, 0.5 to 5. low, high: four in five people like the visitor give stars between them."""

    stars: float
    low: float
    high: float


@dataclass(frozen=True)
class StarEstimates:
    """A predictor of stars, and how far it errs."""

    predictor: StarPredictor
    intervals: StarIntervals

    def of(self, profile: Profile, movie_ids: Sequence[int]) -> list[StarEstimate | None]:
        """Film by film; None for a film that nobody has rated."""
        stars = self.predictor.expected_stars(profile, movie_ids)
        answers = int(np.sum(self.predictor.matrix_.columns(profile) >= 0))
        found = zip(stars, *self.intervals.around(stars, answers), strict=True)
        return [
            None if np.isnan(expected) else StarEstimate(float(expected), float(low), float(high))
            for expected, low, high in found
        ]
