"""Implicit ALS: what people choose to watch and like, as factors fitted with confidence."""

import numpy as np
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from recommender.base import Recommender, TrainingError
from recommender.ratings import RatingMatrix


class ImplicitALSRecommender(Recommender):
    """Confidence-weighted alternating least squares (Hu, Koren & Volinsky, 2008) by `implicit`.

    Every cell holds a preference: 1 where the user rated the film `neutral` stars or more, else 0.
    A rating's preference counts 1 + `alpha` · |stars − neutral| times as much as that of an unrated
    cell. `score` folds a visitor in: the factors x (n_factors,) that best explain their row, in
    closed form, and then x · y for the factors y of each film.
    """

    label = "Implicit ALS"
    description = "Describes films and tastes by hidden factors, trusting strong ratings more."
    says_because = True
    extras = ("implicit==0.7.3",)
    learned = ("factors_", "gram_")

    def __init__(
        self,
        n_factors: int = 64,
        regularisation: float = 10.0,
        alpha: float = 2.0,
        neutral: float = 3.0,
        max_iter: int = 15,
        random_state: int = 0,
    ):
        self.n_factors = n_factors
        self.regularisation = regularisation
        self.alpha = alpha
        self.neutral = neutral
        self.max_iter = max_iter
        self.random_state = random_state

    def _learn(self, matrix: RatingMatrix) -> None:
        """factors_ Y (n_movies, n_factors); gram_ YᵀY + regularisation · I."""
        try:
            from implicit.cpu.als import AlternatingLeastSquares
        except ImportError as error:  # installed, but one of the system's libraries is not
            raise TrainingError(
                f"{self.label} can't be trained: {error}. On Debian: apt-get install libgomp1"
            ) from error

        confidences = csr_matrix(
            matrix.csr, copy=True
        )  # a mapped one is read-only, which it refuses
        confidences.data = self._confidence(confidences.data)
        with threadpool_limits(1, "blas"):  # it has threads of its own
            als = AlternatingLeastSquares(
                factors=self.n_factors,
                regularization=self.regularisation,
                iterations=self.max_iter,
                random_state=self.random_state,
            )
            als.fit(confidences, show_progress=False)
        self.factors_ = als.item_factors.astype(float)
        self.gram_ = self.factors_.T @ self.factors_
        self.gram_[np.diag_indices_from(self.gram_)] += self.regularisation

    def _confidence(self, stars: np.ndarray) -> np.ndarray:
        """As `implicit` takes it: negative where the preference is 0."""
        confidence = 1 + self.alpha * np.abs(stars - self.neutral)
        return np.where(stars >= self.neutral, confidence, -confidence)

    def embeddings(self) -> np.ndarray:
        """The films' factors (n_movies, n_factors)."""
        return self.factors_

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.factors_ @ self._pulls(columns, stars).sum(axis=1)

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return self.factors_[targets] @ self._pulls(columns, stars)

    def _pulls(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """What each rating adds to the visitor's factors (n_factors, n_rated), as in section 5."""
        confidence = self._confidence(stars)
        rated = self.factors_[columns]
        gram = self.gram_ + rated.T @ (rated * (np.abs(confidence) - 1)[:, None])
        return np.linalg.solve(gram, rated.T * confidence.clip(min=0))
