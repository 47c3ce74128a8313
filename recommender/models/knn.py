"""kNN: the visitor's own deviations on the films most alike, in stars."""

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.neighbours import add_up, nearest_films, similarities_between
from recommender.models.star_predictor import StarPredictor


class KNNRecommender(StarPredictor):
    """Item k-nearest neighbours on Pearson-baseline similarity (Koren, 2010).

    Two films' similarity is the correlation of their residuals over the n users who rated both,
    times (n − 1) / (n − 1 + shrinkage); each film keeps its `n_neighbours` most similar ones. To
    the bias estimate the taste adds Σ similarity · residual / (Σ similarity + damping) over the
    films of the profile that have the film as a neighbour.
    """

    label = "kNN, films"
    description = "Predicts your stars from how you rated the films that people rate alike."
    most_ratings = 2_000_000
    learned = (*StarPredictor.learned, "neighbours_", "similarities_")

    def __init__(self, n_neighbours: int = 200, shrinkage: float = 100.0, damping: float = 0.1):
        self.n_neighbours = n_neighbours
        self.shrinkage = shrinkage
        self.damping = damping

    def _learn_taste(self, matrix: RatingMatrix, residuals: np.ndarray) -> None:
        """neighbours_ (n_movies, k): columns, ascending; similarities_ alike, 0 for no likeness."""
        by_user, squares, rated = (matrix.csr.copy() for _ in range(3))
        by_user.data = residuals.astype(np.float32)
        squares.data = by_user.data**2
        rated.data = np.ones_like(by_user.data)
        columns = [table.tocsc() for table in (by_user, squares, rated)]

        def similarities(films: np.ndarray) -> np.ndarray:
            some, some_squares, some_rated = (table[:, films].T for table in columns)
            together = (some_rated @ rated).toarray()
            lengths = np.sqrt((some_squares @ rated).toarray() * (some_rated @ squares).toarray())
            trust = (together - 1).clip(min=0)
            trust /= trust + self.shrinkage + (together == 0)
            return (some @ by_user).toarray() / np.where(lengths > 0, lengths, 1) * trust

        self.neighbours_, self.similarities_ = nearest_films(
            matrix.n_movies, self.n_neighbours, similarities
        )

    def _taste(self, columns: np.ndarray, residuals: np.ndarray) -> np.ndarray:
        weights = self.similarities_[columns] * residuals[:, None]
        return add_up(self.neighbours_[columns], weights, self.matrix_.n_movies) / self._norms(
            columns
        )

    def _norms(self, columns: np.ndarray) -> np.ndarray:
        similar = add_up(
            self.neighbours_[columns], self.similarities_[columns], self.matrix_.n_movies
        )
        return similar + self.damping

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        similar = similarities_between(self.neighbours_, self.similarities_, columns, targets)
        residuals = stars - self._bias_estimate(columns, stars)[columns]
        return similar * residuals / self._norms(columns)[targets][:, None]
