"""The first stage: models whose scores, brought to one scale and added, choose candidates."""

from collections.abc import Mapping

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender
from recommender.models.ease import EASERecommender
from recommender.models.implicit_als import ImplicitALSRecommender
from recommender.models.user_cosine import UserCosineRecommender

EASE_MOVIES = 2000  # three of them are kept, and candidates are seldom less rated


def members() -> dict[str, Recommender]:
    """The models, not yet fitted, by the name under which the blend keeps their arrays."""
    return {
        "user_cosine": UserCosineRecommender(),
        "implicit_als": ImplicitALSRecommender(),
        "ease_stars": EASERecommender("stars", max_movies=EASE_MOVIES),
        "ease_likes": EASERecommender("likes", 200, max_movies=EASE_MOVIES),
        "ease_seen": EASERecommender("seen", 200, max_movies=EASE_MOVIES),
    }


ARRAYS = {
    f"{key}_{name}": (key, name) for key, member in members().items() for name in member.learned
}
"""Every learned array of every member: its name in the blend, and whose it is."""


class FirstStage:
    """The fitted members. A film's score is the sum of its z-scores by each of them."""

    def __init__(self, fitted: Mapping[str, Recommender]):
        self.fitted = fitted

    @classmethod
    def fit(cls, matrix: RatingMatrix) -> "FirstStage":
        return cls({key: member.fit(matrix) for key, member in members().items()})

    @classmethod
    def restore(cls, matrix: RatingMatrix, arrays: Mapping[str, np.ndarray]) -> "FirstStage":
        """The members as they were when `arrays` was taken from them."""
        fitted = members()
        for member in fitted.values():
            member.matrix_ = matrix
        for name, (key, attribute) in ARRAYS.items():
            setattr(fitted[key], attribute, arrays[name])
        return cls(fitted)

    def arrays(self) -> dict[str, np.ndarray]:
        """All that the members learned, by the names in ARRAYS."""
        return {name: getattr(self.fitted[key], own) for name, (key, own) in ARRAYS.items()}

    def score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """Each member's z-scores of all films for a visitor who gave `stars` to those in `columns`.

        (n_members, n_movies); 0 throughout where a member knows nothing to tell films apart by.
        """
        raw = [member._score(columns, stars) for member in self.fitted.values()]
        return np.array([(scores - scores.mean()) / _spread(scores) for scores in raw])

    def weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """What each rated film adds to each target through the members that can say so exactly.

        (n_targets, n_rated), in z-scores, but for a constant of each target.
        """
        exact = [member for member in self.fitted.values() if member.says_because]
        weights = np.zeros((len(targets), len(columns)))
        for member in exact:
            spread = _spread(member._score(columns, stars))
            weights += member._weights(columns, stars, targets) / spread
        return weights


def _spread(scores: np.ndarray) -> float:
    return scores.std() or 1.0
