"""Item cosine: films rated alike by the same users as the films that the visitor rated high."""

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender
from recommender.models.neighbours import add_up, nearest_films, similarities_between


class ItemCosineRecommender(Recommender):
    """Nearest neighbours among films by cosine similarity (Sarwar, Karypis, Konstan & Riedl, 2001).

    Stars count from `neutral`. Two films' similarity is a·b / (|a|·|b| + shrinkage), which trusts a
    similarity more the more ratings it rests on; each film keeps its `n_neighbours` most similar
    ones. A film's score is Σ of similarity(j, film) · (stars of j − neutral) over the films j of
    the profile that have it as a neighbour.
    """

    label = "Cosine, films"
    description = "Shows films that the same people rated like the films you rated high."
    says_because = True
    learned = ("neighbours_", "similarities_")

    def __init__(self, n_neighbours: int = 200, neutral: float = 2.5, shrinkage: float = 20.0):
        self.n_neighbours = n_neighbours
        self.neutral = neutral
        self.shrinkage = shrinkage

    def similar(self, movie_id: int, n: int = 10) -> list[tuple[int, float]]:
        """The films most similar to one: (movie_id, similarity), best first; none if unknown."""
        column = self.matrix_.columns([movie_id])[0]
        if column < 0:
            return []
        best = self._best_first(
            self.neighbours_[column], np.asarray(self.similarities_[column], float)
        )
        return [(other, similarity) for other, similarity in best[:n] if similarity > 0]

    def _learn(self, matrix: RatingMatrix) -> None:
        """neighbours_ (n_movies, k): columns, ascending; similarities_ alike, 0 for no likeness."""
        centred = matrix.csc.copy()
        centred.data = centred.data - np.float32(self.neutral)
        by_user = centred.tocsr()
        squares = by_user.data.astype(float) ** 2
        lengths = np.sqrt(np.bincount(by_user.indices, squares, matrix.n_movies))

        def similarities(films: np.ndarray) -> np.ndarray:
            norms = np.outer(lengths[films], lengths) + self.shrinkage
            return (centred[:, films].T @ by_user).toarray() / np.where(norms > 0, norms, 1)

        self.neighbours_, self.similarities_ = nearest_films(
            matrix.n_movies, self.n_neighbours, similarities
        )

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        weights = self.similarities_[columns] * (stars - self.neutral)[:, None]
        return add_up(self.neighbours_[columns], weights, self.matrix_.n_movies)

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        similar = similarities_between(self.neighbours_, self.similarities_, columns, targets)
        return similar * (stars - self.neutral)
