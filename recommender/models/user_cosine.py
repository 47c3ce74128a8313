"""User cosine: what the users most like the visitor rated high."""

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender


class UserCosineRecommender(Recommender):
    """Nearest neighbours among users by cosine similarity (Herlocker et al., 1999).

    Stars count from `neutral`, so that a low rating speaks against a film and two users who dislike
    the same film are alike. With N the `n_neighbours` users most similar to the visitor, a film's
    score is Σ over u in N of similarity(u, visitor) · (stars of u − neutral), over those who rated
    the film.
    """

    label = "Cosine, users"
    description = (
        "Finds the users whose ratings are most like yours and shows what they rated high."
    )
    says_because = True
    learned = ("lengths_",)

    def __init__(self, n_neighbours: int = 50, neutral: float = 2.5):
        self.n_neighbours = n_neighbours
        self.neutral = neutral

    def _learn(self, matrix: RatingMatrix) -> None:
        """lengths_ (n_users,): Euclidean length of each user's centred ratings, 1 instead of 0."""
        rows = np.repeat(np.arange(matrix.n_users), np.diff(matrix.csr.indptr))
        squares = np.bincount(rows, weights=(matrix.csr.data - self.neutral) ** 2)
        self.lengths_ = np.sqrt(np.where(squares > 0, squares, 1))

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.scores(columns, stars, np.ones((1, len(columns))))[0]

    def scores(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Of every film (n, n_movies), for parts of one profile: see leave_one_out.Scores."""
        similarities = self._nearest(columns, self._units(stars, kept))
        users = np.flatnonzero(similarities.any(axis=0))
        return similarities[:, users] @ self._centred_rows(users)

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """A rated film adds through each neighbour its own part of the neighbour's similarity."""
        unit = self._units(stars, np.ones((1, len(columns))))
        neighbours = np.flatnonzero(self._nearest(columns, unit)[0])
        rows = self._centred_rows(neighbours)
        parts = rows[:, columns].toarray() * unit / self.lengths_[neighbours][:, None]
        return rows[:, targets].toarray().T @ parts

    def _nearest(self, columns: np.ndarray, units: np.ndarray) -> np.ndarray:
        """Similarity to the most similar users, 0 to all others (n, n_users), by rows of units."""
        rated = self.matrix_.csc[:, columns].astype(float)
        rated.data -= self.neutral
        # As float32, users alike to the last bit are equals however many rows are multiplied, so
        # the same ones are the nearest.
        all_similar = ((rated @ units.T).T / self.lengths_).astype(np.float32)
        n = min(self.n_neighbours, all_similar.shape[1])
        nearest = np.argpartition(-all_similar, n - 1, axis=1)[:, :n]
        similarities = np.zeros_like(all_similar)
        those = np.take_along_axis(all_similar, nearest, axis=1).clip(min=0)
        np.put_along_axis(similarities, nearest, those, axis=1)
        return similarities

    def _units(self, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Centred stars of the films kept, at unit length (n, n_rated); zeros where none is."""
        centred = kept * (stars - self.neutral)
        lengths = np.linalg.norm(centred, axis=1, keepdims=True)
        return centred / np.where(lengths > 0, lengths, 1)

    def _centred_rows(self, users: np.ndarray):
        rows = self.matrix_.csr[users].astype(float)
        rows.data -= self.neutral
        return rows
