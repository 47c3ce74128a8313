"""EASE: a linear model that finds each film's ratings from the ratings of all the others."""

from collections.abc import Iterable

import numpy as np
from scipy.linalg import lapack

from recommender.data.gram_matrix import BLOCK, products
from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.models.base import Recommender


class EASERecommender(Recommender):
    """Embarrassingly shallow autoencoder (Steck, 2019).

    With X (n_users, n_movies) and zeros for unrated cells, it finds the weights B with a zero
    diagonal that minimise |X − X·B|² + `regularisation`·|B|². With P = (XᵀX + regularisation·I)⁻¹
    these are B = −P / diag(P), in closed form. A film's score is Σ of x(j) · B(j, film) over the
    films j of the profile.

    `target` says what X holds: "stars", counted from `neutral`, so that a low rating speaks
    against; "likes", 1 for 4 stars and more; or "seen", 1 for every rating. Only the `max_movies`
    most rated films have weights, which bounds the memory; the others score 0.
    """

    label = "EASE"
    description = "Learns how much liking one film says about each other film, all films at once."
    says_because = True
    learned = ("films_", "weights_")

    def __init__(
        self,
        target: str = "stars",
        regularisation: float = 500.0,
        neutral: float = 2.5,
        max_movies: int = 5000,
    ):
        self.target = target
        self.regularisation = regularisation
        self.neutral = neutral
        self.max_movies = max_movies

    def _learn(self, matrix: RatingMatrix) -> None:
        """films_ (n,) columns, ascending; weights_ B (n, n) float32, from film (row) to film."""
        self.films_ = np.sort(matrix.by_popularity[: self.max_movies])
        seen = matrix.csc[:, self.films_]
        seen.data = self.signal(seen.data).astype(np.float32)
        self.weights_ = self.weights_of(len(self.films_), products(seen))

    def weights_of(self, n: int, blocks: Iterable[tuple[int, np.ndarray]]) -> np.ndarray:
        """B (n, n) float32, for which XᵀX is all that must be known of the ratings.

        blocks: of XᵀX (n, n), all that gram_matrix.products gives, in any order.
        """
        gram = np.empty((n, n), order="F")  # as LAPACK takes it
        for start, products_of in blocks:
            gram[start:, start : start + BLOCK] = products_of
        gram[np.diag_indices_from(gram)] += self.regularisation
        return _weights_of(gram)

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self.scores(columns, stars, np.ones((1, len(columns))))[0]

    def scores(self, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray) -> np.ndarray:
        """Of every film (n, n_movies), for parts of one profile: see leave_one_out.Scores."""
        scores = np.zeros((len(kept), self.matrix_.n_movies), np.float32)
        places, known = self._places(columns)
        signals = (kept[:, known] * self.signal(stars[known])).astype(np.float32)
        scores[:, self.films_] = signals @ self.weights_[places[known]]
        return scores

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        weights = np.zeros((len(targets), len(columns)))
        rows, rated = self._places(columns)
        films, wanted = self._places(targets)
        between = self.weights_[np.ix_(rows[rated], films[wanted])]
        weights[np.ix_(wanted, rated)] = between.T * self.signal(stars[rated])
        return weights

    def signal(self, stars: np.ndarray) -> np.ndarray:
        """What X holds for these stars. Raises: ValueError where there is no such target."""
        if self.target == "stars":
            return stars - self.neutral
        if self.target == "likes":
            return (stars >= LIKED).astype(float)
        if self.target == "seen":
            return np.ones(len(stars))
        raise ValueError(f"target must be stars, likes or seen, not {self.target!r}")

    def _places(self, columns: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Where films_ holds these columns, and which of them it holds at all."""
        places = np.searchsorted(self.films_, columns).clip(max=len(self.films_) - 1)
        return places, self.films_[places] == columns


def _weights_of(gram: np.ndarray) -> np.ndarray:
    """−P / diag(P) with a zero diagonal, float32 (n, n), of P = gram⁻¹.

    gram (n, n), positive definite and in columns, is overwritten: it is most of the memory that
    learning takes. Nothing above its diagonal is read.
    """
    factor, wrong = lapack.dpotrf(gram, lower=1, clean=0, overwrite_a=1)
    if wrong:
        raise np.linalg.LinAlgError("the products of the films are not positive definite")
    inverse, _ = lapack.dpotri(factor, lower=1, overwrite_c=1)
    lengths = -inverse.diagonal()
    weights = np.empty(gram.shape, np.float32)
    for start in range(0, len(weights), BLOCK):
        films, rest = slice(start, start + BLOCK), slice(start, None)
        below = inverse[rest, films]  # all that LAPACK gives is below the diagonal, and on it
        square = np.tril(below[: below.shape[1]])
        below[: len(square)] = square + np.tril(square, -1).T
        weights[rest, films] = below / lengths[films]
        weights[films, rest] = below.T / lengths[rest]
    np.fill_diagonal(weights, 0)
    return weights
