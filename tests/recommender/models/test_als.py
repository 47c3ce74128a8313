import numpy as np
import pytest

from recommender.models.als import ALSRecommender
from recommender.models.bias import BiasRecommender


@pytest.fixture
def some(matrix):
    return matrix.take_users(np.arange(40))


def test_a_visitor_is_folded_in_by_the_normal_equations(some):
    """The folded-in vector is the minimum: its gradient, written out, is zero."""
    model, bias = ALSRecommender().fit(some), BiasRecommender().fit(some)
    columns, stars = some.of_user(int(some.user_ids[3]))
    profile = dict(zip(some.movie_ids[columns].tolist(), stars.tolist(), strict=True))
    estimate = bias.score(profile)
    vector, *_ = np.linalg.lstsq(model.vectors_, model.score(profile) - estimate, rcond=None)
    errors = (stars - estimate[columns]) - model.vectors_[columns] @ vector
    penalty = 0.04 * (len(columns) + 200) * vector
    assert model.vectors_[columns].T @ errors == pytest.approx(penalty, abs=1e-6)


def test_more_factors_and_less_penalty_fit_the_training_ratings_closer(some):
    cells = some.csr.tocoo()
    users, films = (
        ids[at] for ids, at in zip((some.user_ids, some.movie_ids), cells.coords, strict=True)
    )

    def error(**parameters):
        predicted = ALSRecommender(**parameters).fit(some).predict(users, films)
        return np.mean((predicted - cells.data) ** 2)

    loose = error(n_factors=20, regularisation=0.01, prior=0)
    assert loose < 0.5 * error() < error(regularisation=1e6) * 0.6


def test_a_heavy_penalty_leaves_the_biases(some):
    model, bias = ALSRecommender(regularisation=1e9).fit(some), BiasRecommender().fit(some)
    profile = {318: 5.0, 296: 1.0}
    assert model.score(profile) == pytest.approx(bias.score(profile), abs=1e-6)


def test_seeded(some):
    profile = {318: 5.0, 296: 1.0}
    first, second, other = (
        ALSRecommender(random_state=seed).fit(some).score(profile) for seed in (0, 0, 1)
    )
    assert np.array_equal(first, second)
    assert not np.array_equal(first, other)
