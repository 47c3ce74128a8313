"""ALS: films and users as vectors whose product is what biases leave unexplained."""

from itertools import pairwise

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.factors import likeness
from recommender.models.star_predictor import StarPredictor


class ALSRecommender(StarPredictor):
    """Biases and embeddings of the residuals, by alternating least squares.

    Each user's vector minimises the squared error of their ratings plus λ · (n + prior) · |p|²,
    then each film's likewise: λ scaled by the n ratings (Zhou, Wilkinson, Schreiber & Pan, 2008),
    as if there were `prior` more of them. A visitor is folded in by the same step for users.
    """

    label = "ALS"
    description = (
        "Predicts your stars by describing films and tastes as points, close where they fit."
    )
    learned = (*StarPredictor.learned, "vectors_")

    def __init__(
        self,
        n_factors: int = 10,
        regularisation: float = 0.04,
        prior: float = 200.0,
        n_iterations: int = 8,
        random_state: int = 0,
    ):
        self.n_factors = n_factors
        self.regularisation = regularisation
        self.prior = prior
        self.n_iterations = n_iterations
        self.random_state = random_state

    def _learn_taste(self, matrix: RatingMatrix, residuals: np.ndarray) -> None:
        """vectors_ (n_movies, n_factors): of the films; users are folded in when asked about."""
        by_user = matrix.csr.copy()
        by_user.data = residuals
        by_movie = by_user.T.tocsr()
        rng = np.random.default_rng(self.random_state)
        self.vectors_ = rng.normal(scale=0.1, size=(matrix.n_movies, self.n_factors))
        for _ in range(self.n_iterations):
            users = self._solve(by_user, self.vectors_)
            self.vectors_ = self._solve(by_movie, users)

    def _solve(self, rows, others: np.ndarray) -> np.ndarray:
        """The best vector of every row (n_rows, n_factors), given those of its columns."""
        grams = np.empty((rows.shape[0], self.n_factors, self.n_factors))
        sums = rows @ others
        for row, (start, stop) in enumerate(pairwise(rows.indptr)):
            rated = others[rows.indices[start:stop]]
            grams[row] = rated.T @ rated
        diagonal = np.arange(self.n_factors)
        grams[:, diagonal, diagonal] += self._ridge(np.diff(rows.indptr))[:, None]
        return np.linalg.solve(grams, sums[:, :, None])[:, :, 0]

    def _ridge(self, n_ratings):
        return self.regularisation * (n_ratings + self.prior)

    def embeddings(self) -> np.ndarray:
        """The films' vectors (n_movies, n_factors)."""
        return self.vectors_

    def _taste(self, columns: np.ndarray, residuals: np.ndarray) -> np.ndarray:
        rated = self.vectors_[columns]
        gram = rated.T @ rated + self._ridge(len(columns)) * np.eye(self.n_factors)
        return self.vectors_ @ np.linalg.solve(gram, rated.T @ residuals)

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return likeness(self.vectors_[targets], self.vectors_[columns], stars)
