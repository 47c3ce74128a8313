"""The first films to ask a visitor about: those whose answers improve recommendations most."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from recommender.data.rating_matrix import LIKED, RatingMatrix

WELL_KNOWN = 100  # a visitor is asked about films drawn from so many most rated ones
CHOSEN = 30  # films chosen for what they tell; visitors who know few of them get to the end
USERS = 2000  # simulated visitors, at most
COPIES = 3  # of each, with other films held out, so that chance decides less
FILMS = 1000  # the most rated ones, among which the simulated lists are made
LENGTH = 10  # of those lists
NEUTRAL = 2.5  # stars
REGULARISATION = 200.0
POPULARITY = 0.1  # what a film's share of users adds to its score: a short profile says little
ALIKE = 0.6  # cosine from which on a film has been asked about already, as a sequel has
SEED = 0


def questions(matrix: RatingMatrix) -> np.ndarray:
    """Ids of well-known films in the order in which to ask about them (at most 100,).

    Chosen greedily, as GreedyExtend does (Golbandi, Koren & Lempel, 2010): next comes the film that
    most raises the mean NDCG@10 of simulated visitors who answer it as well. They are users of the
    matrix with half of the films that they like held out; who has not rated a film does not answer,
    so a film must be known, divide people and tell what else they like. The recommender that
    answers them is a linear one (EASE; Steck, 2019), quick enough to try every film on everyone. No
    film comes that is much like one before, as sequels are: they foretell each other and little
    else. After those come the other well-known films, the most rated first.
    """
    well_known = matrix.by_popularity[:WELL_KNOWN]
    visitors = _Visitors.of(matrix)
    chosen: list[int] = []
    left = np.full(len(well_known), visitors is not None)
    alike = _cosines(matrix.csc[:, well_known]) > ALIKE
    while visitors and left.any() and len(chosen) < CHOSEN:
        gains = [visitors.gain(film) if left[film] else -np.inf for film in range(len(left))]
        chosen.append(int(np.argmax(gains)))
        visitors.answer(chosen[-1])
        left &= ~alike[chosen[-1]]
        left[chosen[-1]] = False
    rest = np.setdiff1d(np.arange(len(well_known)), chosen)
    return matrix.movie_ids[well_known[[*chosen, *rest]]]


def _cosines(stars) -> np.ndarray:
    """Of the films' ratings, counted from neutral (n_films, n_films)."""
    dense = stars.toarray()
    signal = np.where(dense > 0, dense - NEUTRAL, 0)
    lengths = np.linalg.norm(signal, axis=0)
    products = np.outer(lengths, lengths)
    return (signal.T @ signal) / np.where(products > 0, products, 1)


@dataclass(eq=False)
class _Visitors:
    """signal (n, n_films): stars from neutral that each may answer, 0 where they have none.

    Films are numbered by popularity. wanted: those held out, which lists should have. weights: of
    EASE, from film (row) to film. scores: each film's after the answers so far, lowest for films
    that the visitor may be asked about. ndcg (n,): of the list of the highest scores.
    """

    signal: np.ndarray
    wanted: np.ndarray
    weights: np.ndarray
    scores: np.ndarray

    def __post_init__(self) -> None:
        discounts = 1 / np.log2(np.arange(2, LENGTH + 2))
        self.discounts = discounts[: min(LENGTH, self.scores.shape[1])]
        most = self.wanted.sum(axis=1).clip(max=len(self.discounts))
        self.ideal = np.cumsum(self.discounts)[most - 1]
        self.ndcg = self._ndcg(self.scores, np.arange(len(self.scores)))

    @classmethod
    def of(cls, matrix: RatingMatrix) -> "_Visitors | None":
        """Users drawn at random; None where nobody likes any of the films."""
        rng = np.random.default_rng(SEED)
        films = matrix.by_popularity[:FILMS]
        rows = np.sort(rng.permutation(matrix.n_users)[:USERS])
        stars = matrix.csr[rows][:, films].toarray()
        weights = _weights(np.where(stars > 0, stars - NEUTRAL, 0))
        stars = np.tile(stars, (COPIES, 1))
        wanted = (stars >= LIKED) & (rng.random(stars.shape) < 0.5)
        some = wanted.any(axis=1)
        if not some.any():
            return None
        stars, wanted = stars[some], wanted[some]
        askable = (stars > 0) & ~wanted
        popular = (POPULARITY * matrix.counts[films] / matrix.n_users).astype(np.float32)
        scores = np.where(askable, np.float32(-1e9), popular)
        return cls(np.where(askable, stars - NEUTRAL, 0), wanted, weights, scores)

    def gain(self, film: int) -> float:
        """How much the sum of all NDCGs grows where those who can answer about `film` do."""
        rows, scores = self._answered(film)
        return float((self._ndcg(scores, rows) - self.ndcg[rows]).sum())

    def answer(self, film: int) -> None:
        """Let all who can answer about `film`."""
        rows, scores = self._answered(film)
        self.scores[rows], self.ndcg[rows] = scores, self._ndcg(scores, rows)

    def _answered(self, film: int) -> tuple[np.ndarray, np.ndarray]:
        rows = np.flatnonzero(self.signal[:, film])
        return rows, self.scores[rows] + self.signal[rows, film, None] * self.weights[film]

    def _ndcg(self, scores: np.ndarray, rows: np.ndarray) -> np.ndarray:
        n = len(self.discounts)
        listed = np.argpartition(-scores, n - 1, axis=1)[:, :n]
        order = np.argsort(-np.take_along_axis(scores, listed, axis=1), axis=1)
        listed = np.take_along_axis(listed, order, axis=1)
        hits = np.take_along_axis(self.wanted[rows], listed, axis=1)
        return hits @ self.discounts / self.ideal[rows]


def _weights(signal: np.ndarray) -> np.ndarray:
    """EASE's, as in recommender.models.ease, for a dense matrix (n_users, n_films), float32."""
    gram = signal.T.astype(float) @ signal
    gram[np.diag_indices_from(gram)] += REGULARISATION
    inverse = np.linalg.inv(gram)
    weights = (inverse / -np.diag(inverse)).astype(np.float32)
    np.fill_diagonal(weights, 0)
    return weights


def next_questions(order: np.ndarray, n: int, skip: Collection[int]) -> list[int]:
    """The first n films of `questions` that are not to be skipped, or all that are left."""
    return [movie for movie in order.tolist() if movie not in skip][:n]
