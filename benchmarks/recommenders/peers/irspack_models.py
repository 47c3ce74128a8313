"""`irspack` (https://irspack.readthedocs.io): item–item weights on binary input."""

import numpy as np
from irspack.recommenders import DenseSLIMRecommender, RP3betaRecommender, SLIMRecommender
from irspack.recommenders.base import BaseSimilarityRecommender
from scipy import sparse

from benchmarks.recommenders.peers.positives import positives, positives_of
from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender


class _ItemWeights(Recommender):
    """Folds a visitor in as get_score_cold_user does, by a product with the weights.

    They are laid out for that once; the library does so at each call, which takes up to a second.
    """

    kind: type[BaseSimilarityRecommender]

    def __init__(self, least: float, **parameters):
        self.least = least
        self.hyperparameters = parameters

    def _learn(self, matrix: RatingMatrix) -> None:
        """weights_ (n_movies, n_movies), dense or sparse."""
        X = positives(matrix, self.least).astype(np.float64)
        weights = self.kind(X, **self.hyperparameters).learn().W
        self.weights_ = sparse.csr_array(weights) if sparse.issparse(weights) else weights

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        row = positives_of(columns, stars, self.matrix_.n_movies, self.least)
        scores = row @ self.weights_
        return scores.toarray()[0] if sparse.issparse(scores) else scores[0]


class IrspackEASE(_ItemWeights):
    """Steck (2019)."""

    kind = DenseSLIMRecommender

    def __init__(self, least: float = 4.0, reg: float = 120.0):
        super().__init__(least, reg=reg)


class IrspackSLIM(_ItemWeights):
    """Ning & Karypis (2011)."""

    kind = SLIMRecommender

    def __init__(self, least: float = 4.0, alpha: float = 0.05, l1_ratio: float = 0.01):
        super().__init__(least, alpha=alpha, l1_ratio=l1_ratio)


class IrspackRP3beta(_ItemWeights):
    """Paudel et al. (2017)."""

    kind = RP3betaRecommender

    def __init__(self, least: float = 4.0, beta: float = 0.1, top_k: int = 1000):
        super().__init__(least, beta=beta, top_k=top_k)


MODELS: dict[str, type[Recommender]] = {
    "irspack: EASE": IrspackEASE,
    "irspack: SLIM": IrspackSLIM,
    "irspack: RP3beta": IrspackRP3beta,
}
