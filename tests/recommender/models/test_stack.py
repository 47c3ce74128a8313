import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.metrics import rmse
from recommender.evaluate.splits import folds
from recommender.models.bayesian_fm import BayesianFMRecommender
from recommender.models.knn import KNNRecommender
from recommender.models.stack import StackRecommender

pytestmark = pytest.mark.slow

SMALL = {"rank": 4, "n_chains": 1, "n_draws": 30, "burn_in": 10}


@pytest.fixture(scope="module")
def halved(sample):
    """A stack and its two members that learned four fifths of the sample; the other fifth."""
    ratings, movies = sample
    training, test = next(folds(len(ratings), 5, 0))
    matrix = RatingMatrix.from_frame(ratings.iloc[training], movies)
    stack = StackRecommender(**SMALL).fit(matrix)
    machine, knn = BayesianFMRecommender(**SMALL).fit(matrix), KNNRecommender().fit(matrix)
    return stack, machine, knn, ratings.iloc[test]


def test_errs_less_than_either_member(halved):
    *models, held_out = halved
    stack, *members = (
        rmse(model.predict(held_out["user_id"], held_out["movie_id"]), held_out["rating"])
        for model in models
    )
    assert stack < min(members)


def test_is_the_members_weighed(halved):
    stack, machine, knn, _ = halved
    constant, of_machine, of_knn = stack.weights_
    assert of_machine > of_knn > 0
    profile, films = {318: 5.0, 296: 1.0}, [593, 50, 10**9]
    expected = constant + of_machine * machine.expected_stars(profile, films)
    expected += of_knn * knn.expected_stars(profile, films)
    assert stack.expected_stars(profile, films) == pytest.approx(expected, nan_ok=True)
    assert stack.score(profile)[stack.matrix_.columns([593])] == pytest.approx(expected[:1])


def test_of_next_to_nothing_the_machine_is_believed():
    ratings = pd.DataFrame({"user_id": [1, 2], "movie_id": [1, 1], "rating": [3.0, 4.0]})
    weights = StackRecommender(**SMALL).fit(RatingMatrix.from_frame(ratings)).weights_
    assert weights == pytest.approx([0, 1, 0], abs=0.3)
    assert np.isfinite(weights).all()
