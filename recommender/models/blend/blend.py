"""The two stages together."""

from functools import cached_property

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.base import Recommender
from recommender.models.blend import first_stage
from recommender.models.blend.features import FilmFeatures, features
from recommender.models.blend.first_stage import FirstStage
from recommender.models.blend.trees import Trees
from recommender.models.blend.visits import Visit, held_out, visits
from recommender.models.ranking import best

FEWEST_VISITORS = 100  # with fewer users the trees would learn them by heart
OTHERS_KEPT = 0.25  # of the candidates that a visitor does not like: enough to learn from


class BlendRecommender(Recommender):
    """Two stages (Covington, Adams & Sargin, 2016): models choose candidates, trees rank them.

    The first stage adds the z-scores of cosine neighbours, implicit ALS and EASE (stars, likes,
    seen films); its best `n_candidates` films are the candidates. Gradient-boosted trees
    (Friedman, 2001) give each the log-odds of being liked, from what each member of the first stage
    thinks of it and from what film and visitor are like. They learn from training users shown as
    visitors to a first stage fitted without them (stacking: Wolpert, 1992), so that nothing
    they know of a visitor comes from the visitor's own ratings; the first stage that answers is
    then fitted to everyone. All other films rank below the candidates, by the first stage.
    With fewer than 100 users, or none who like anything, the first stage alone ranks.
    """

    label = "Blend"
    description = (
        "Gathers the films of several models and ranks them by what people like you liked."
    )
    quick = False
    learned = (*first_stage.ARRAYS, *(f"tree_{name}_" for name in Trees.names()), "films_")

    tree_roots_: np.ndarray
    films_: np.ndarray

    def __init__(
        self,
        n_candidates: int = 400,
        n_visitors: int = 2000,
        n_trees: int = 120,
        random_state: int = 0,
    ):
        self.n_candidates = n_candidates
        self.n_visitors = n_visitors
        self.n_trees = n_trees
        self.random_state = random_state

    def _learn(self, matrix: RatingMatrix) -> None:
        """What the members learned; the trees; films_: the table of FilmFeatures."""
        for name in ("_stage", "_films", "_trees"):
            vars(self).pop(name, None)
        trees = self._grow(matrix)
        for name in Trees.names():
            setattr(self, f"tree_{name}_", getattr(trees, name))
        for name, array in FirstStage.fit(matrix).arrays().items():
            setattr(self, name, array)
        self.films_ = FilmFeatures.of(matrix).table

    def _grow(self, matrix: RatingMatrix) -> Trees:
        if matrix.n_users < FEWEST_VISITORS:
            return Trees.none()
        rng = np.random.default_rng(self.random_state)
        lessons = [
            self._lesson(stage, films, visit, rng)
            for training_rows, rows in held_out(matrix.n_users, self.n_visitors, self.random_state)
            for stage, films, visit in self._visits(matrix, training_rows, rows)
        ]
        if not lessons:
            return Trees.none()
        X, y, weights = (np.concatenate(part) for part in zip(*lessons, strict=True))
        if y.all() or not y.any():
            return Trees.none()
        return Trees.grow(X, y, weights, self.n_trees, self.random_state)

    def _visits(self, matrix, training_rows, rows):
        training = matrix.take_users(training_rows)
        stage, films = FirstStage.fit(training), FilmFeatures.of(training)
        for visit in visits(training, matrix, rows, self.random_state):
            yield stage, films, visit

    def _lesson(self, stage, films, visit: Visit, rng):
        """Rows for the trees from one visit: features, whether liked, and weights.

        A row weighs one over the root of the visit's liked candidates: who likes hundreds of films
        would else drown the others; one over their number would drown the short profiles.
        """
        scores = stage.score(visit.columns, visit.stars)
        candidates = self._candidates(scores.sum(axis=0), visit.columns)
        liked = visit.liked[candidates]
        kept = liked | (rng.random(len(candidates)) < OTHERS_KEPT)
        rows = features(films, scores, visit.columns, visit.stars, candidates)
        return rows[kept], liked[kept], np.full(kept.sum(), max(1, liked.sum()) ** -0.5)

    def _candidates(self, total: np.ndarray, columns: np.ndarray) -> np.ndarray:
        """The first stage's best films but those that the visitor gave."""
        unseen = np.ones(len(total), dtype=bool)
        unseen[columns] = False
        return best(total, np.zeros(len(total)), self.n_candidates, unseen)

    def _score(self, columns: np.ndarray, stars: np.ndarray) -> np.ndarray:
        scores = self._stage.score(columns, stars)
        total = scores.sum(axis=0)
        candidates = self._candidates(total, columns)
        if not len(self.tree_roots_) or not len(candidates):
            return total
        rows = features(self._films, scores, columns, stars, candidates)
        return _candidates_first(total, candidates, self._trees.predict(rows))

    def _weights(self, columns: np.ndarray, stars: np.ndarray, targets: np.ndarray) -> np.ndarray:
        return self._stage.weights(columns, stars, targets)

    @cached_property
    def _stage(self) -> FirstStage:
        return FirstStage.restore(
            self.matrix_, {name: getattr(self, name) for name in first_stage.ARRAYS}
        )

    @cached_property
    def _films(self) -> FilmFeatures:
        return FilmFeatures(self.matrix_, self.films_)

    @cached_property
    def _trees(self) -> Trees:
        return Trees(*(np.asarray(getattr(self, f"tree_{name}_")) for name in Trees.names()))


def _candidates_first(total: np.ndarray, candidates: np.ndarray, odds: np.ndarray) -> np.ndarray:
    """The candidates' odds, and below the least of them all other films as `total` orders them."""
    scores = total - total.max() + odds.min() - 1
    scores[candidates] = odds
    return scores
