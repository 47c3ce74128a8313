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
        neighbours, similarities = self._neighbours(columns, stars)
        return similarities @ self._centred_rows(neighbours)

    def scores(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Of every film (n, n_movies), for parts of one profile: see leave_one_out.Scores."""
        parts = kept.astype(bool)
        return np.array([self._score(columns[part], stars[part]) for part in parts])

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """A rated film adds through each neighbour its own part of the neighbour's similarity."""
        neighbours, _ = self._neighbours(columns, stars)
        rows = self._centred_rows(neighbours)
        parts = rows[:, columns].toarray() * self._unit(stars) / self.lengths_[neighbours][:, None]
        return rows[:, targets].toarray().T @ parts

    def _neighbours(self, columns: np.ndarray, stars: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The most similar users (rows) and their similarity, above zero only."""
        similarities = self._similarities(columns, stars)
        n = min(self.n_neighbours, len(similarities))
        nearest = np.argpartition(-similarities, n - 1)[:n]
        nearest = np.sort(nearest[similarities[nearest] > 0])
        return nearest, similarities[nearest]

    def _similarities(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """Cosine of the visitor to every user (n_users,), from the columns of the rated films."""
        csc, products = self.matrix_.csc, np.zeros(self.matrix_.n_users)
        for column, weight in zip(columns, self._unit(stars), strict=True):
            ratings = slice(csc.indptr[column], csc.indptr[column + 1])
            products[csc.indices[ratings]] += weight * (csc.data[ratings] - self.neutral)
        return products / self.lengths_

    def _unit(self, stars: np.ndarray) -> np.ndarray:
        centred = stars - self.neutral
        return centred / (np.linalg.norm(centred) or 1)

    def _centred_rows(self, users: np.ndarray):
        rows = self.matrix_.csr[users].astype(float)
        rows.data -= self.neutral
        return rows
