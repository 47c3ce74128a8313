"""SVD: the few directions in which people's ratings differ from what biases explain."""

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.factors import likeness
from recommender.models.star_predictor import StarPredictor

POWER_ITERATIONS = 10
LEAST_SIZE = 1e-6  # of a direction, beside the largest


class SVDRecommender(StarPredictor):
    """Biases and the truncated singular value decomposition of the residuals.

    Before it, the residual of user u for film i is divided by √((n_u + damping) · (n_i + damping)),
    n their ratings, so that the many ratings of a few do not fill every direction, and after it
    multiplied again. With D the films' roots and V (n_movies, n_factors) the right singular
    vectors, a visitor's residuals e add (e · D⁻¹ · V) · Vᵀ · D: no refitting.
    """

    label = "SVD"
    description = (
        "Predicts your stars from the few directions in which people's tastes differ most."
    )
    learned = (*StarPredictor.learned, "directions_", "roots_")

    def __init__(self, n_factors: int = 20, damping: float = 100.0, random_state: int = 0):
        self.n_factors = n_factors
        self.damping = damping
        self.random_state = random_state

    def _learn_taste(self, matrix: RatingMatrix, residuals: np.ndarray) -> None:
        """directions_ V (n_movies, n_factors); roots_ D (n_movies,)."""
        user_counts = np.diff(matrix.csr.indptr)
        user_roots = np.sqrt(user_counts + self.damping)
        self.roots_ = np.sqrt(matrix.counts + self.damping)
        scaled = residuals / np.repeat(user_roots, user_counts) / self.roots_[matrix.csr.indices]
        rows = sparse.csr_array(
            (scaled, matrix.csr.indices, matrix.csr.indptr), shape=matrix.csr.shape
        )
        self.directions_ = self._right_singular_vectors(rows)

    def _right_singular_vectors(self, rows: sparse.csr_array) -> np.ndarray:
        from sklearn.utils.extmath import randomized_svd  # heavy, and only training needs it

        n_factors = min(self.n_factors, *rows.shape)
        _, sizes, directions = randomized_svd(
            rows, n_factors, n_iter=POWER_ITERATIONS, random_state=self.random_state
        )
        # A direction in which nobody differs is arbitrary, and would count like any other.
        return np.ascontiguousarray(directions[sizes > LEAST_SIZE * sizes.max(initial=0)].T)

    def embeddings(self) -> np.ndarray:
        """Each film's place in each direction (n_movies, n_factors)."""
        return self.directions_

    def _taste(self, columns: np.ndarray, residuals: np.ndarray) -> np.ndarray:
        place = (residuals / self.roots_[columns]) @ self.directions_[columns]
        return self.directions_ @ place * self.roots_

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return likeness(self.directions_[targets], self.directions_[columns], stars)
