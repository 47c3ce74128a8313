"""NMF: films and users described by a few non-negative factors."""

import warnings

import numpy as np
from scipy.linalg import solve_triangular
from scipy.optimize import nnls

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender
from recommender.models.factors import likeness

DENSE_BYTES = 2e9  # the largest filled matrix that is built
LEAST_WEIGHT = 1e-9


class NMFRecommender(Recommender):
    """Non-negative matrix factorisation of the users × movies ratings (Lee & Seung, 1999).

    `score` folds a visitor in: it finds the non-negative profile w (n_factors,) that best explains
    their ratings and returns w @ H, one predicted preference per movie (n_movies,).

    `fill` says what stands in the cells without a rating: "zero", the film's "mean" or "median", or
    the "overall-median". All but zero make every user look alike; they are here to show what that
    does, and need the whole dense matrix.
    """

    label = "NMF"
    description = (
        "Describes films and tastes by a few hidden themes and shows films of the themes you like."
    )
    learned = ("factors_", "lower_", "filled_", "offset_")

    def __init__(
        self, n_factors: int = 20, fill: str = "zero", max_iter: int = 200, random_state: int = 0
    ):
        self.n_factors = n_factors
        self.fill = fill
        self.max_iter = max_iter
        self.random_state = random_state

    def _learn(self, matrix: RatingMatrix) -> None:
        """factors_ H (n_factors, n_movies), lower_ L with L·Lᵀ = H·Hᵀ, filled_ f, offset_ H·f."""
        self.filled_ = _fill(matrix, self.fill)
        self.factors_ = self._factorise(matrix)
        self.offset_ = self.factors_ @ self.filled_
        gram = self.factors_ @ self.factors_.T
        # A factor that no film has would make the Gram matrix singular.
        gram[np.diag_indices_from(gram)] += LEAST_WEIGHT * (np.trace(gram) or 1)
        self.lower_ = np.linalg.cholesky(gram)

    def _factorise(self, matrix: RatingMatrix) -> np.ndarray:
        # Heavy to import, and only training needs them.
        from sklearn.decomposition import NMF
        from sklearn.exceptions import ConvergenceWarning
        from threadpoolctl import threadpool_limits

        n_factors = min(self.n_factors, matrix.n_users, matrix.n_movies)
        nmf = NMF(n_factors, max_iter=self.max_iter, random_state=self.random_state)
        ratings = matrix.csr if self.fill == "zero" else _dense(matrix, self.filled_)
        # The products are too thin for several threads: on a busy machine those wait for each other
        # fifteen times as long as one needs for everything.
        with threadpool_limits(1), warnings.catch_warnings():
            # Lists stop changing long before the last digits of the factors do.
            warnings.simplefilter("ignore", ConvergenceWarning)
            return nmf.fit(ratings).components_.astype(float)

    def embeddings(self) -> np.ndarray:
        """Each film's weight in each factor (n_movies, n_factors)."""
        return self.factors_.T

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.fold_in(columns, stars) @ self.factors_

    def fold_in(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        """The w ≥ 0 (n_factors,) of least |p − w·H|², p the visitor's ratings among filled cells.

        With L·Lᵀ = H·Hᵀ that is |Lᵀ·w − L⁻¹·H·p|² and a constant: n_factors rows, not n_movies.
        """
        projected = self.offset_ + self.factors_[:, columns] @ (stars - self.filled_[columns])
        return nnls(self.lower_.T, solve_triangular(self.lower_, projected, lower=True))[0]

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return likeness(self.factors_[:, targets].T, self.factors_[:, columns].T, stars)


def _fill(matrix: RatingMatrix, fill: str) -> np.ndarray:
    """What an unrated cell of each film holds, stars (n_movies,)."""
    if fill == "zero":
        return np.zeros(matrix.n_movies)
    if fill == "mean":
        return np.array(matrix.means)
    if fill == "median":
        films = np.split(matrix.csc.data, matrix.csc.indptr[1:-1])
        return np.array([np.median(stars) for stars in films], dtype=float)
    if fill == "overall-median":
        return np.full(matrix.n_movies, np.median(matrix.csr.data), dtype=float)
    raise ValueError(f"fill must be zero, mean, median or overall-median, not {fill!r}")


def _dense(matrix: RatingMatrix, filled: np.ndarray) -> np.ndarray:
    if (n_bytes := 4.0 * matrix.n_users * matrix.n_movies) > DENSE_BYTES:
        raise ValueError(
            f"filling the unrated cells needs {n_bytes / 1e9:.0f} GB; only fill='zero' trains here"
        )
    dense = np.tile(filled.astype(np.float32), (matrix.n_users, 1))
    ratings = matrix.csr.tocoo()
    dense[ratings.coords] = ratings.data
    return dense
