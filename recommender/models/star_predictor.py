"""Recommenders whose score is the stars that they expect from the visitor."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from recommender.data.rating_matrix import HIGHEST, LOWEST, RatingMatrix
from recommender.models.base import Profile, Recommender

USER_DAMPING = 5.0  # ratings of nothing unusual that every user starts with
MOVIE_DAMPING = 3.0  # and every film
SWEEPS = 20


class StarPredictor(Recommender):
    """Stars = overall mean + bias of the film + bias of the user + what their taste adds.

    A bias is how far a film's (user's) ratings lie above what the others explain, drawn to zero
    where ratings are few (Koren, Bell & Volinsky, 2009). Models of taste learn from the rest, the
    residuals, and override `_learn_taste` and `_taste`.
    """

    learned: ClassVar[tuple[str, ...]] = ("mean_", "movie_biases_")

    def predict(self, user_ids: Sequence[int], movie_ids: Sequence[int]) -> np.ndarray:
        """Stars, 0.5 to 5, that these users give to these films, pair by pair (n,).

        A user is folded in with their ratings in the matrix; users and films that are not in it
        have no bias and no taste.
        """
        users, columns = np.asarray(user_ids), self.matrix_.columns(np.asarray(movie_ids).tolist())
        stars = np.empty(len(users))
        for user in np.unique(users):
            pairs = np.flatnonzero(users == user)
            stars[pairs] = self._predict_for(int(user), columns[pairs])
        return stars.clip(LOWEST, HIGHEST)

    def expected_stars(self, profile: Profile, movie_ids: Sequence[int]) -> np.ndarray:
        """Stars, 0.5 to 5, that a visitor would give to these films (n,); NaN for unknown ones."""
        columns, stars = self._known(profile)
        targets = self.matrix_.columns(movie_ids)
        expected = self._expected(columns, stars, targets).clip(LOWEST, HIGHEST)
        return np.where(targets >= 0, expected, np.nan)

    def _expected(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """Of the films in these columns (n_targets,), not yet held within the scale."""
        return self._score(columns, stars)[targets]

    def _predict_for(self, user_id: int, columns: np.ndarray) -> np.ndarray:
        rated, stars = self.matrix_.of_user(user_id)
        unknown = self.mean_ + self._user_bias(rated, stars)
        return np.where(columns >= 0, self._score(rated, stars)[columns], unknown)

    def _learn(self, matrix: RatingMatrix) -> None:
        """mean_ stars; movie_biases_ (n_movies,)."""
        rows = np.repeat(np.arange(matrix.n_users), np.diff(matrix.csr.indptr))
        columns, user_counts = matrix.csr.indices, np.diff(matrix.csr.indptr)
        self.mean_ = np.float64(matrix.overall_mean)
        above = matrix.csr.data - self.mean_
        users = np.zeros(matrix.n_users)
        for _ in range(SWEEPS):
            left = np.bincount(columns, above - users[rows], matrix.n_movies)
            self.movie_biases_ = left / (matrix.counts + MOVIE_DAMPING)
            left = np.bincount(rows, above - self.movie_biases_[columns], matrix.n_users)
            users = left / (user_counts + USER_DAMPING)
        self._learn_taste(matrix, above - users[rows] - self.movie_biases_[columns])

    def _learn_taste(self, matrix: RatingMatrix, residuals: np.ndarray) -> None:
        """Learn from the residuals, in the order of matrix.csr.data."""

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        estimate = self._bias_estimate(columns, stars)
        return estimate + self._taste(columns, stars - estimate[columns])

    def _taste(self, columns: np.ndarray, residuals: np.ndarray) -> np.ndarray | float:
        """Stars that the visitor's taste adds to each film (n_movies,)."""
        return 0.0

    def _bias_estimate(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.mean_ + self._user_bias(columns, stars) + self.movie_biases_

    def _user_bias(self, columns: np.ndarray, stars: np.ndarray) -> float:
        above = stars - self.mean_ - self.movie_biases_[columns]
        return above.sum() / (len(columns) + USER_DAMPING)
