"""Item cosine: films rated alike by the same users as the films that the visitor rated high."""

import numpy as np

from recommender.base import Recommender
from recommender.ratings import RatingMatrix

BLOCK = 512  # films compared with all others at once, which bounds memory


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
        n, k = matrix.n_movies, min(self.n_neighbours, matrix.n_movies)
        self.neighbours_ = np.empty((n, k), np.int32)
        self.similarities_ = np.empty((n, k), np.float32)
        centred = matrix.csc.copy()
        centred.data = centred.data - np.float32(self.neutral)
        by_user = centred.tocsr()
        lengths = np.sqrt(
            np.bincount(by_user.indices, weights=by_user.data.astype(float) ** 2, minlength=n)
        )
        for start in range(0, n, BLOCK):
            films = np.arange(start, min(start + BLOCK, n))
            products = (centred[:, films].T @ by_user).toarray()
            products[np.arange(len(films)), films] = 0  # no film is its own neighbour
            norms = np.outer(lengths[films], lengths) + self.shrinkage
            self._keep_nearest(films, products / np.where(norms > 0, norms, 1))

    def _keep_nearest(self, films: np.ndarray, similarities: np.ndarray) -> None:
        """Keep each film's k highest similarities; a negative one is no likeness."""
        k = self.neighbours_.shape[1]
        nearest = np.sort(np.argpartition(-similarities, k - 1, axis=1)[:, :k], axis=1)
        self.neighbours_[films] = nearest
        self.similarities_[films] = np.take_along_axis(similarities, nearest, axis=1).clip(min=0)

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        contributions = self.similarities_[columns] * (stars - self.neutral)[:, None]
        return np.bincount(
            self.neighbours_[columns].ravel(),
            weights=contributions.ravel(),
            minlength=self.matrix_.n_movies,
        )

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        same = self.neighbours_[columns] == targets[:, None, None]  # (n_targets, n_rated, k)
        return (same * self.similarities_[columns]).sum(axis=2, dtype=float) * (
            stars - self.neutral
        )
