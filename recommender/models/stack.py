"""Stack: two models of stars, weighed by how well each foretells ratings that it has not seen."""

from functools import cached_property

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.bayesian_fm import BayesianFMRecommender
from recommender.models.knn import KNNRecommender
from recommender.models.star_predictor import StarPredictor

HELD_OUT = 0.1  # of the ratings
TRUST = 5.0  # squared stars that it costs to move a weight by 1
ALONE = (0.0, 1.0, 0.0)  # of the constant, the machine and kNN: what weights start from


class StackRecommender(StarPredictor):
    """Stars = constant + weight · those of a Bayesian factorisation machine + weight · kNN's.

    Stacked regression (Wolpert, 1992; Breiman, 1996): the weights are least squares on a tenth of
    the ratings, predicted by members that learned the others; then the members learn them all. The
    machine knows taste as a whole, kNN the few films that go with one; together they err less than
    either, while further star models added nothing (measured on ml-latest-small).
    """

    label = "Stack"
    description = (
        "Predicts your stars by weighing a Bayesian factorisation machine against similar films."
    )
    quick = False
    most_ratings = 2_000_000
    learned = (
        *(f"machine_{name}" for name in BayesianFMRecommender.learned),
        *(f"knn_{name}" for name in KNNRecommender.learned),
        "weights_",
    )

    weights_: np.ndarray

    def __init__(
        self,
        rank: int = 20,
        n_chains: int = 4,
        n_draws: int = 100,
        burn_in: int = 20,
        random_state: int = 0,
    ):
        self.rank = rank
        self.n_chains = n_chains
        self.n_draws = n_draws
        self.burn_in = burn_in
        self.random_state = random_state

    def _learn(self, matrix: RatingMatrix) -> None:
        """What the members learned, and weights_ (3,): of the constant, the machine and kNN."""
        vars(self).pop("_members", None)
        self.weights_ = self._weighed(matrix)
        for key, member in self._unfitted().items():
            member.fit(matrix)
            for name in member.learned:
                setattr(self, f"{key}_{name}", getattr(member, name))

    def _weighed(self, matrix: RatingMatrix) -> np.ndarray:
        users, films, stars = matrix.triplets()
        held_out = np.random.default_rng(self.random_state).random(len(stars)) < HELD_OUT
        held_out[0] = False  # of one rating it must be learned from
        learned = users[~held_out], films[~held_out], stars[~held_out]
        rest = RatingMatrix.from_triplets(*learned, matrix.movies)
        asked = users[held_out].tolist(), films[held_out].tolist()
        predicted = [member.fit(rest).predict(*asked) for member in self._unfitted().values()]
        design = np.column_stack([np.ones(held_out.sum()), *predicted])
        precision = design.T @ design + TRUST * np.eye(len(ALONE))
        wrong = design.T @ (stars[held_out] - design @ ALONE)
        return ALONE + np.linalg.solve(precision, wrong)

    def _predict_for(self, user_id: int, columns: np.ndarray) -> np.ndarray:
        members = self._members.values()
        return self._together([each._predict_for(user_id, columns) for each in members])

    def _expected(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        members = self._members.values()
        return self._together([each._expected(columns, stars, targets) for each in members])

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return self._expected(columns, stars, np.arange(self.matrix_.n_movies))

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return self._members["machine"]._weights(columns, stars, targets)

    def _together(self, expected: list[np.ndarray]) -> np.ndarray:
        return self.weights_[0] + self.weights_[1:] @ np.stack(expected)

    def _unfitted(self) -> dict[str, StarPredictor]:
        sampling = (self.rank, self.n_chains, self.n_draws, self.burn_in)
        machine = BayesianFMRecommender(*sampling, random_state=self.random_state)
        return {"machine": machine, "knn": KNNRecommender()}

    @cached_property
    def _members(self) -> dict[str, StarPredictor]:
        members = self._unfitted()
        for key, member in members.items():
            member.matrix_ = self.matrix_
            for name in member.learned:
                setattr(member, name, getattr(self, f"{key}_{name}"))
        return members
