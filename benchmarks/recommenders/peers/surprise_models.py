"""`scikit-surprise` (https://surpriselib.com): predicted stars; lists rank by them."""

from collections.abc import Sequence

import numpy as np
from surprise import SVD, AlgoBase, Dataset, KNNBaseline, PredictionImpossible, Reader

from recommender.data.rating_matrix import HIGHEST, LOWEST, RatingMatrix
from recommender.models.base import Profile, Recommender


class _Stars(Recommender):
    """Learns visitors with everyone else: the library cannot fold in a user."""

    def fit_with(self, matrix: RatingMatrix, profiles: Sequence[Profile]) -> Recommender:
        """As Transductive."""
        self.matrix_ = matrix
        users, films, stars = (column.tolist() for column in matrix.triplets())
        rows = [*zip(users, films, stars, strict=True)]
        self.visitors_ = {}
        for place, profile in enumerate(profiles):
            visitor = f"visitor {place}"
            self.visitors_[_name(*self._known(profile))] = visitor
            rows += [(visitor, film, given) for film, given in profile.items()]
        self._learn_rows(rows)
        return self

    def _learn(self, matrix: RatingMatrix) -> None:
        self.fit_with(matrix, [])

    def _learn_rows(self, rows: list[tuple]) -> None:
        """model_, from (user, film, stars)."""
        reader = Reader(rating_scale=(LOWEST, HIGHEST))
        trainset = Dataset(reader).construct_trainset([(*row, None) for row in rows])
        self.model_ = self._model()
        self.model_.fit(trainset)
        self.inner_ = np.array([trainset.to_inner_iid(film) for film in self.matrix_.movie_ids])

    def _model(self) -> AlgoBase:
        raise NotImplementedError

    def predict(self, user_ids: Sequence[int], movie_ids: Sequence[int]) -> np.ndarray:
        """Stars (n,), pair by pair."""
        pairs = zip(np.asarray(user_ids).tolist(), np.asarray(movie_ids).tolist(), strict=True)
        return np.array([self.model_.predict(*pair).est for pair in pairs])

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        user = self.model_.trainset.to_inner_uid(self.visitors_[_name(columns, stars)])
        return np.array([self._estimate(user, film) for film in self.inner_])

    def _estimate(self, user: int, film: int) -> float:
        try:
            found = self.model_.estimate(user, film)
        except PredictionImpossible:
            return self.model_.default_prediction()
        return found[0] if isinstance(found, tuple) else found


class SurpriseKNN(_Stars):
    """Item neighbours by Pearson's correlation of what biases leave (Koren, 2010)."""

    def __init__(self, k: int = 40, shrinkage: int = 100):
        self.k = k
        self.shrinkage = shrinkage

    def _model(self) -> AlgoBase:
        likeness = {"name": "pearson_baseline", "user_based": False, "shrinkage": self.shrinkage}
        return KNNBaseline(k=self.k, sim_options=likeness, verbose=False)


class SurpriseSVD(_Stars):
    """Factors and biases by stochastic gradient descent (Funk, 2006)."""

    def __init__(self, n_factors: int = 100, n_epochs: int = 20):
        self.n_factors = n_factors
        self.n_epochs = n_epochs

    def _model(self) -> AlgoBase:
        return SVD(n_factors=self.n_factors, n_epochs=self.n_epochs, random_state=0)


def _name(columns: np.ndarray, stars: np.ndarray) -> tuple[bytes, bytes]:
    return columns.tobytes(), stars.tobytes()


MODELS: dict[str, type[Recommender]] = {
    "Surprise: KNN": SurpriseKNN,
    "Surprise: SVD": SurpriseSVD,
}
