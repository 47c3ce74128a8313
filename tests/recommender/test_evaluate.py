import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import KFold

from recommender import evaluate
from recommender.models import MODELS
from recommender.ratings import RatingMatrix
from recommender.splits import visitor_folds


@pytest.fixture(scope="module")
def part(matrix):
    return matrix.take_users(np.arange(150))


@pytest.fixture(scope="module")
def results(part):
    return evaluate.visitor(part, ["popularity", "user-cosine"], seed=1)


def test_one_result_per_model_with_its_measures_and_intervals(results, part):
    visitors = sum(len(visitors) for _, visitors in visitor_folds(part, seed=1))
    assert [result["model"] for result in results] == ["popularity", "user-cosine"]
    for result in results:
        assert result["visitors"] == visitors
        for name, (low, high) in result["intervals"].items():
            assert low <= result["measures"][name] <= high


def test_popularity_agrees_with_a_plain_computation(results, part):
    """NDCG@10 and hit rate, worked from the dense matrix without any of the evaluation's code."""
    gains, hit_rates = [], []
    for training, visitors in visitor_folds(part, seed=1):
        counts = (training.csr.toarray() > 0).sum(axis=0)
        order = [int(training.movie_ids[i]) for i in np.argsort(-counts, kind="stable")]
        for visitor in visitors:
            shown = [film for film in order if film not in visitor.given][:10]
            liked = set(visitor.relevant.tolist())
            gain = sum(1 / np.log2(place + 2) for place in range(10) if shown[place] in liked)
            ideal = sum(1 / np.log2(place + 2) for place in range(min(10, len(liked))))
            gains.append(gain / ideal)
            hit_rates.append(any(film in liked for film in shown))
    assert results[0]["measures"]["ndcg@10"] == pytest.approx(np.mean(gains))
    assert results[0]["measures"]["hit_rate@10"] == pytest.approx(np.mean(hit_rates))


def test_who_is_asked_matters(results):
    popularity, personal = (result["measures"] for result in results)
    assert personal["ndcg@10"] > popularity["ndcg@10"]
    assert personal["coverage"] > 2 * popularity["coverage"]
    assert popularity["ndcg@10 given 5"] == popularity["ndcg@10"]
    assert personal["ndcg@10 given 5"] < personal["ndcg@10"]


def test_errors_of_the_bias_model_agree_with_a_plain_computation(sample):
    """RMSE and MAE from data frames and scikit-learn's folds, over ratings in file order."""
    ratings, _ = sample
    ratings = ratings[ratings["user_id"] <= 100].reset_index(drop=True)
    errors = []
    for training, test in KFold(5, shuffle=True, random_state=0).split(ratings):
        model = MODELS["bias"]().fit(RatingMatrix.from_frame(ratings.iloc[training]))
        held_out = ratings.iloc[test]
        errors.append(model.predict(held_out["user_id"], held_out["movie_id"]) - held_out["rating"])
    errors = pd.concat(errors)
    result = evaluate.rating(RatingMatrix.from_frame(ratings), ["bias"])[0]
    assert result["ratings"] == len(ratings)
    assert result["measures"]["rmse"] == pytest.approx((errors**2).mean() ** 0.5)
    assert result["measures"]["mae"] == pytest.approx(errors.abs().mean())
    for name, (low, high) in result["intervals"].items():
        assert low < result["measures"][name] < high


def test_models_that_predict_no_stars_are_left_out(part):
    said = []
    assert evaluate.rating(part, ["nmf"], report=said.append) == []
    assert said == ["nmf is left out: it predicts no stars"]


def test_seeded(results, part):
    again = evaluate.visitor(part, ["popularity"], seed=1)[0]["measures"]
    del again["p95_ms"], results[0]["measures"]["p95_ms"]
    assert again == results[0]["measures"]
