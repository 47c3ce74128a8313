import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.metrics import rmse
from recommender.evaluate.splits import folds
from recommender.models.bayesian_fm import BayesianFMRecommender, Features

SMALL = {"n_chains": 1, "n_draws": 30, "burn_in": 10, "keep_every": 5}


@pytest.fixture
def one_draw():
    """One factor; films 10 and 20 with factors 1 and −1 and bias 3; all precisions are 1."""
    ratings = pd.DataFrame({"user_id": [1, 2], "movie_id": [10, 20], "rating": [3.0, 3.0]})
    model = BayesianFMRecommender(rank=1)
    model.matrix_ = RatingMatrix.from_frame(ratings)
    model.movies_ = np.array([[[1, 3], [-1, 3]]], np.float32)
    model.seen_ = np.zeros((1, 2, 2), np.float32)
    model.prior_ = np.array([[[0, 0], [1, 1]]], np.float32)
    model.noise_ = np.ones(1, np.float32)
    return model


def test_hand_worked_visitor(one_draw):
    """2 stars above film 10's bias are v + w + noise: v = w = 2 · 1 / 3."""
    assert one_draw.score({10: 5.0}) == pytest.approx([3 + 4 / 3, 3])


def test_hand_worked_visitor_with_what_having_seen_a_film_says(one_draw):
    """Film 10 adds 2 to the factor and 0.5 to the bias.

    So 5 = 3 + 0.5 + w + (v + 2) · 1 + v · 2, or −0.5 = 3v + w; with the prior the equations are
    [[10, 3], [3, 2]] (v, w) = −0.5 (3, 1).
    """
    one_draw.seen_[0, 0] = 2, 0.5
    v, w = -1.5 / 11, -0.5 / 11
    bias = 3 + 0.5 + w + 2 * v
    assert one_draw.score({10: 5.0}) == pytest.approx([bias + 2 + v, bias - 2 - v])


def test_a_score_is_lower_where_the_draws_disagree(one_draw):
    """Two draws with 3 ± 1 stars for film 20: the mean less two standard deviations."""
    for name in ("movies_", "seen_", "prior_", "noise_"):
        setattr(one_draw, name, np.repeat(getattr(one_draw, name), 2, axis=0))
    one_draw.movies_[:, 1] = (0, 2), (0, 4)
    one_draw.prior_[:, 1] = 1e9  # nothing is learned of the visitor
    assert one_draw.score({10: 5.0}) == pytest.approx([3, 3 - 2 * 1])
    assert one_draw.predict([1], [20]) == pytest.approx([3])


def test_an_unknown_film_pleases_like_those_rated_and_an_unknown_user_is_average(one_draw):
    expected = one_draw.predict([1, 1, 99, 99], [10, 404, 10, 404])
    assert expected[0] == expected[1]
    assert expected[2:] == pytest.approx([3, 3])


def test_finds_what_the_ratings_were_made_from():
    """Stars of one factor and no noise are predicted for cells that were held out."""
    rng = np.random.default_rng(0)
    tastes, films = rng.normal(size=60), rng.normal(size=50)
    cells = pd.DataFrame(
        [(u, i, np.clip(3 + tastes[u] * films[i], 0.5, 5)) for u in range(60) for i in range(50)],
        columns=["user_id", "movie_id", "rating"],
    )
    training, test = next(folds(len(cells), 5, 0))
    model = BayesianFMRecommender(rank=2, **SMALL | {"n_draws": 100, "burn_in": 50})
    model.fit(RatingMatrix.from_frame(cells.iloc[training]))
    held_out = cells.iloc[test]
    predicted = model.predict(held_out["user_id"], held_out["movie_id"])
    assert rmse(predicted, held_out["rating"]) < 0.25 * held_out["rating"].std()


@pytest.mark.slow
def test_predicts_the_sample_well_even_with_few_draws(sample):
    ratings, movies = sample
    training, test = next(folds(len(ratings), 5, 0))
    model = BayesianFMRecommender(**SMALL).fit(
        RatingMatrix.from_frame(ratings.iloc[training], movies)
    )
    held_out = ratings.iloc[test]
    predicted = model.predict(held_out["user_id"], held_out["movie_id"])
    assert rmse(predicted, held_out["rating"]) < 0.87  # biases alone: 0.90


def test_chance_comes_from_random_state_alone(checkerboard):
    first, again, other = (
        BayesianFMRecommender(**SMALL, random_state=seed).fit(checkerboard).score({0: 5.0})
        for seed in (0, 0, 1)
    )
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_training_prints_nothing(checkerboard, capfd):
    BayesianFMRecommender(**SMALL).fit(checkerboard)
    assert capfd.readouterr() == ("", "")


def test_a_draw_holds_what_is_kept_of_it_and_nothing_else(checkerboard):
    """No view of all that the sampler has: there are hundreds of draws."""
    model = BayesianFMRecommender(n_chains=1, n_draws=4, burn_in=0, keep_every=2)
    draws = model._sample(Features(checkerboard, model.power), 1)
    assert len(draws) == 2
    for array in (array for draw in draws for array in draw):
        assert array.dtype == np.float32 and array.base is None
