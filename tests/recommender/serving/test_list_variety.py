import numpy as np
import pytest

from recommender.models.ranking import best
from recommender.serving.list_variety import varied


class Placed:
    """A model whose films are points: 0 and 1 the same, 2 across, 3 opposite to the first."""

    def __init__(self, matrix, points):
        self.matrix_, self.points = matrix, points

    def embeddings(self):
        return self.points


@pytest.fixture
def placed(checkerboard) -> Placed:
    points = np.zeros((checkerboard.n_movies, 2))
    points[:4] = [[2, 0], [3, 0], [0, 1], [-1, 0]]
    return Placed(checkerboard, points)


SCORES = np.array([10.0, 9.0, 6.0, 0.0])


def listed(model, variety: float) -> list[int]:
    scores = np.full(model.matrix_.n_movies, -1.0)
    scores[:4] = SCORES
    among = np.zeros(len(scores), bool)
    among[:4] = True
    return varied(model, scores, 3, among, variety).tolist()


def test_without_variety_the_best_come_by_score(placed):
    assert listed(placed, 0) == [0, 1, 2]


def test_a_film_like_one_before_it_comes_later(placed):
    """At ½, after film 0: film 1 is worth 0.9 − 1, film 2 0.6 − 0, film 3 0 + 1; then film 2."""
    assert listed(placed, 0.5) == [0, 3, 2]


def test_a_little_variety_weighs_less_than_relevance(placed):
    """At 0.2, after film 0: 0.72 − 0.2, 0.48 − 0 and 0 + 0.2; then film 2: 0.48, film 3: 0.2."""
    assert listed(placed, 0.2) == [0, 1, 2]


def test_models_without_embeddings_list_by_score(checkerboard):
    assert listed(Placed(checkerboard, None), 0.5) == [0, 1, 2]


def test_of_nothing_nothing(placed):
    scores = np.zeros(placed.matrix_.n_movies)
    assert not len(varied(placed, scores, 3, np.zeros(len(scores), bool), 0.5))


@pytest.mark.parametrize("key", [pytest.param("blend", marks=pytest.mark.slow), "nmf"])
def test_lists_of_real_models_get_more_varied(models, key):
    model = models[key]
    scores = model.score({318: 5.0, 296: 4.5})
    among = model.matrix_.without([318, 296])
    plain, mixed = (varied(model, scores, 10, among, variety) for variety in (0, 0.5))
    assert plain.tolist() == best(scores, model.matrix_.counts, 10, among).tolist()
    assert mixed[0] == plain[0] and len(set(mixed.tolist())) == 10
    assert _likeness(model, mixed) < _likeness(model, plain)


def _likeness(model, columns) -> float:
    """Mean likeness of a list's films to the one that each is most like."""
    points = np.asarray(model.embeddings()[columns], float)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    likeness = points @ points.T - 2 * np.eye(len(points))
    return float(likeness.max(axis=1).mean())
