"""`implicit` (https://benfred.github.io/implicit), on binary input as in its MovieLens example."""

import warnings
from collections.abc import Sequence

import numpy as np
from implicit.cpu.als import AlternatingLeastSquares
from implicit.cpu.bpr import BayesianPersonalizedRanking
from implicit.nearest_neighbours import (
    BM25Recommender,
    CosineRecommender,
    ItemItemRecommender,
    TFIDFRecommender,
)
from implicit.utils import ParameterWarning
from threadpoolctl import threadpool_limits

from benchmarks.recommenders.peers.positives import positives, positives_of, positives_with
from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Profile, Recommender

warnings.filterwarnings("ignore", category=ParameterWarning)  # of what the library does itself


class ImplicitALS(Recommender):
    """Folds a visitor in by recalculate_user."""

    def __init__(
        self,
        factors: int = 64,
        regularization: float = 5.0,
        alpha: float = 5.0,
        least: float = 4.0,
    ):
        self.factors = factors
        self.regularization = regularization
        self.alpha = alpha
        self.least = least

    def _learn(self, matrix: RatingMatrix) -> None:
        """model_."""
        self.model_ = AlternatingLeastSquares(
            factors=self.factors,
            regularization=self.regularization,
            alpha=self.alpha,
            random_state=0,
        )
        with threadpool_limits(1, "blas"):  # as the library asks for: it has threads of its own
            self.model_.fit(positives(matrix, self.least), show_progress=False)

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        row = positives_of(columns, stars, self.matrix_.n_movies, self.least)
        return self.model_.item_factors @ self.model_.recalculate_user(0, row)


class ImplicitBPR(Recommender):
    """Learns visitors with everyone else: the library cannot recalculate a user of this model."""

    def __init__(
        self,
        factors: int = 32,
        learning_rate: float = 0.05,
        regularization: float = 0.01,
        iterations: int = 60,
        least: float = 4.0,
    ):
        self.factors = factors
        self.learning_rate = learning_rate
        self.regularization = regularization
        self.iterations = iterations
        self.least = least

    def fit_with(self, matrix: RatingMatrix, profiles: Sequence[Profile]) -> Recommender:
        """As Transductive."""
        self.matrix_ = matrix
        self.model_ = BayesianPersonalizedRanking(
            factors=self.factors,
            learning_rate=self.learning_rate,
            regularization=self.regularization,
            iterations=self.iterations,
            num_threads=1,  # several write into each other's updates, and no seed repeats that
            random_state=0,
        )
        self.model_.fit(positives_with(matrix, profiles, self.least), show_progress=False)
        self.row_of_ = {
            _name(*self._known(profile)): matrix.n_users + place
            for place, profile in enumerate(profiles)
        }
        return self

    def _learn(self, matrix: RatingMatrix) -> None:
        self.fit_with(matrix, [])

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        user = self.model_.user_factors[self.row_of_[_name(columns, stars)]]
        return self.model_.item_factors @ user


class _ItemItem(Recommender):
    """A visitor's row times the similarities of each film's K nearest."""

    kind: type[ItemItemRecommender]

    def __init__(self, K: int = 20, least: float = 4.0, **weighting: float):  # the library's name
        self.K = K
        self.least = least
        self.weighting = weighting

    def _learn(self, matrix: RatingMatrix) -> None:
        """model_."""
        self.model_ = self.kind(K=self.K, **self.weighting)
        self.model_.fit(positives(matrix, self.least), show_progress=False)

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        row = positives_of(columns, stars, self.matrix_.n_movies, self.least)
        return (row @ self.model_.similarity).toarray()[0]


class ImplicitCosine(_ItemItem):
    """Cosine of the films' columns."""

    kind = CosineRecommender


class ImplicitTFIDF(_ItemItem):
    """Cosine after TF-IDF weighting."""

    kind = TFIDFRecommender


class ImplicitBM25(_ItemItem):
    """Products after BM25 weighting."""

    kind = BM25Recommender

    def __init__(self, K: int = 100, least: float = 4.0, K1: float = 1.2, B: float = 0.2):
        super().__init__(K, least, K1=K1, B=B)


def _name(columns: np.ndarray, stars: np.ndarray) -> tuple[bytes, bytes]:
    return columns.tobytes(), stars.tobytes()


MODELS: dict[str, type[Recommender]] = {
    "implicit: ALS": ImplicitALS,
    "implicit: BPR": ImplicitBPR,
    "implicit: cosine": ImplicitCosine,
    "implicit: TF-IDF": ImplicitTFIDF,
    "implicit: BM25": ImplicitBM25,
}
