"""Popularity: everyone is shown the most rated films."""

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender


class PopularityRecommender(Recommender):
    """Scores a film by its number of ratings: the baseline that no model may lose to."""

    label = "Popularity"
    description = "Shows everyone the films with the most ratings."
    explains = False

    def _learn(self, matrix: RatingMatrix) -> None:
        """The counts are the matrix's own."""

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.matrix_.counts.astype(float)
