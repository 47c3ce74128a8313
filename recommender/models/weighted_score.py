"""Weighted score: the films with the best mean, drawn to the overall mean where ratings are few."""

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender

ENOUGH = 50  # ratings that make a film's mean count in the two constants
FEWEST_FILMS = 10


def weighted_score(counts: np.ndarray, means: np.ndarray) -> np.ndarray:
    """(v·R + m·C) / (v + m) for each film, stars (n_movies,); IMDb's formula for its Top 250.

    v and R are the film's ratings and mean, C the mean over all ratings of films with at least 50
    ratings, m the 75th percentile of v among those films. Where fewer than ten films reach 50, C
    and m are over all films.
    """
    enough = counts >= ENOUGH
    if enough.sum() < FEWEST_FILMS:
        enough = np.ones(len(counts), dtype=bool)
    mean = np.average(means[enough], weights=counts[enough])
    weight = np.percentile(counts[enough], 75)
    return (counts * means + weight * mean) / (counts + weight)


class WeightedScoreRecommender(Recommender):
    """Scores a film by its weighted score."""

    label = "Weighted score"
    description = (
        "Shows everyone the films rated best, trusting a mean more the more ratings it rests on."
    )
    explains = False
    learned = ("scores_",)

    def _learn(self, matrix: RatingMatrix) -> None:
        self.scores_ = weighted_score(matrix.counts, matrix.means)

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return np.array(self.scores_)
