"""`irspack` (https://irspack.readthedocs.io): item–item weights on binary input."""

import numpy as np
from irspack.recommenders import DenseSLIMRecommender, RP3betaRecommender, SLIMRecommender
from irspack.recommenders.base import BaseSimilarityRecommender

from benchmarks.models.peers.positives import positives, positives_of
from recommender.base import Recommender
from recommender.ratings import RatingMatrix


class _ItemWeights(Recommender):
    """Folds a visitor in by get_score_cold_user."""

    kind: type[BaseSimilarityRecommender]

    def __init__(self, least: float, **parameters):
        self.least = least
        self.hyperparameters = parameters

    def _learn(self, matrix: RatingMatrix) -> None:
        """model_."""
        X = positives(matrix, self.least).astype(np.float64)
        self.model_ = self.kind(X, **self.hyperparameters).learn()

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        row = positives_of(columns, stars, self.matrix_.n_movies, self.least)
        return np.asarray(self.model_.get_score_cold_user(row.astype(np.float64)))[0]


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
