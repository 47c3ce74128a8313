"""Implicit ALS: what people choose to watch and like, as factors fitted with confidence."""

from itertools import pairwise

import numpy as np
from scipy import sparse
from threadpoolctl import threadpool_limits

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.models.base import Recommender


class ImplicitALSRecommender(Recommender):
    """Confidence-weighted alternating least squares (Hu, Koren & Volinsky, 2008).

    Every cell holds a preference: 1 where the user liked the film (4 stars or more), else 0. A
    liked film's counts 1 + `alpha` · (stars − `neutral`) times as much as that of any other cell.
    `score` folds a visitor in: the factors x (n_factors,) that best explain their row, in closed
    form, and then x · y for the factors y of each film.
    """

    label = "Implicit ALS"
    description = "Describes films and tastes by hidden factors, trusting strong ratings more."
    says_because = True
    learned = ("factors_", "gram_")

    def __init__(
        self,
        n_factors: int = 64,
        regularisation: float = 5.0,
        alpha: float = 2.0,
        neutral: float = 3.0,
        max_iter: int = 8,
        random_state: int = 0,
    ):
        self.n_factors = n_factors
        self.regularisation = regularisation
        self.alpha = alpha
        self.neutral = neutral
        self.max_iter = max_iter
        self.random_state = random_state

    def _learn(self, matrix: RatingMatrix) -> None:
        """factors_ Y (n_movies, n_factors) float32; gram_ YᵀY + regularisation · I."""
        by_user = sparse.csr_array(matrix.csr, copy=True)  # a mapped one is read-only
        by_user.data = self._extra(by_user.data).astype(np.float32)
        by_user.eliminate_zeros()
        by_movie = by_user.T.tocsr()
        rng = np.random.default_rng(self.random_state)
        shape = (matrix.n_movies, self.n_factors)
        self.factors_ = rng.normal(scale=0.01, size=shape).astype(np.float32)
        with threadpool_limits(1):  # each product is too small for several
            for _ in range(self.max_iter):
                users = self._solve(by_user, self.factors_)
                self.factors_ = self._solve(by_movie, users)
        self.gram_ = self._gram(self.factors_.astype(float))

    def _solve(self, extra: sparse.csr_array, others: np.ndarray) -> np.ndarray:
        """The best factors of every row (n_rows, n_factors), given those of its columns."""
        solved = np.zeros((extra.shape[0], self.n_factors), np.float32)
        gram = self._gram(others)
        for row, (start, stop) in enumerate(pairwise(extra.indptr)):
            if start < stop:  # a row without likes is worth 0
                liked, weights = others[extra.indices[start:stop]], extra.data[start:stop]
                weighted = liked.T * weights
                total = weighted.sum(axis=1) + liked.sum(axis=0)
                solved[row] = np.linalg.solve(gram + weighted @ liked, total)
        return solved

    def _gram(self, factors: np.ndarray) -> np.ndarray:
        return factors.T @ factors + self.regularisation * np.eye(
            self.n_factors, dtype=factors.dtype
        )

    def _extra(self, stars: np.ndarray) -> np.ndarray:
        """How much more than 1 the cells of these ratings count."""
        return np.where(stars >= LIKED, self.alpha * (stars - self.neutral), 0)

    def embeddings(self) -> np.ndarray:
        """The films' factors (n_movies, n_factors)."""
        return self.factors_

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        pulls = self._pulls(columns, stars).sum(axis=1)
        return (self.factors_ @ pulls.astype(self.factors_.dtype)).astype(float)

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return self.factors_[targets] @ self._pulls(columns, stars)

    def _pulls(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """What each rating adds to the visitor's factors (n_factors, n_rated), as in section 5."""
        extra, rated = self._extra(stars), self.factors_[columns].astype(float)
        gram = self.gram_ + rated.T @ (rated * extra[:, None])
        return np.linalg.solve(gram, rated.T * np.where(extra > 0, 1 + extra, 0))
