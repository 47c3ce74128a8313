from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import KFold

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate import evaluate
from recommender.evaluate.evaluation_report import Report
from recommender.evaluate.plan import Plan
from recommender.evaluate.splits import SplitError, day_after_most, visitor_folds
from recommender.models import MODELS
from recommender.models.base import Recommender


def run(log, protocol, *keys, seed=1, **options) -> Report:
    plan = Plan(protocol, seed, **options)
    return [*evaluate(log, plan, {key: MODELS[key] for key in keys})][-1]


@pytest.fixture(scope="module")
def report(part):
    return run(part, "visitor", "popularity", "user-cosine")


@pytest.fixture(scope="module")
def results(report):
    return report.results


def test_the_report_says_what_was_measured_how(report, part):
    assert (report.dataset, report.fingerprint) == (part.name, part.fingerprint)
    assert (report.protocol, report.seed) == ("visitor", 1)
    assert report.split.startswith("5 folds of the users")


def test_one_result_per_model_with_its_measures_and_intervals(results, part):
    visitors = sum(len(visitors) for _, visitors in visitor_folds(part.matrix, seed=1))
    assert [result.model for result in results] == ["popularity", "user-cosine"]
    for result in results:
        assert result.counts["visitors"] == visitors
        assert set(result.measures) - set(result.intervals) == {"coverage"}
        for name, (low, high) in result.intervals.items():
            assert low <= result.measures[name] <= high


def test_all_but_the_best_are_compared_with_it(results):
    popularity, best = results
    assert best.against is None
    against = popularity.against
    assert (against.model, against.measure) == ("user-cosine", "ndcg@10")
    difference = popularity.measures["ndcg@10"] - best.measures["ndcg@10"]
    assert against.difference == pytest.approx(difference)
    assert against.interval[0] < difference < against.interval[1] < 0


def test_every_model_is_reported_when_it_is_measured(part):
    reports = evaluate(part, Plan(), {key: MODELS[key] for key in ("popularity", "bias")})
    assert [len(report.results) for report in reports] == [1, 2]


def test_popularity_agrees_with_a_plain_computation(results, part):
    """NDCG@10 and hit rate, worked from the dense matrix without any of the evaluation's code."""
    gains, hit_rates = [], []
    for training, visitors in visitor_folds(part.matrix, seed=1):
        counts = (training.csr.toarray() > 0).sum(axis=0)
        order = [int(training.movie_ids[i]) for i in np.argsort(-counts, kind="stable")]
        for visitor in visitors:
            shown = [film for film in order if film not in visitor.given][:10]
            liked = set(visitor.relevant.tolist())
            gain = sum(1 / np.log2(place + 2) for place in range(10) if shown[place] in liked)
            ideal = sum(1 / np.log2(place + 2) for place in range(min(10, len(liked))))
            gains.append(gain / ideal)
            hit_rates.append(any(film in liked for film in shown))
    assert results[0].measures["ndcg@10"] == pytest.approx(np.mean(gains))
    assert results[0].measures["hit_rate@10"] == pytest.approx(np.mean(hit_rates))


def test_who_is_asked_matters(results):
    popularity, personal = (result.measures for result in results)
    assert personal["ndcg@10"] > popularity["ndcg@10"]
    assert personal["coverage"] > 2 * popularity["coverage"]
    assert popularity["ndcg@10 given 5"] == popularity["ndcg@10"]
    assert personal["ndcg@10 given 5"] < personal["ndcg@10"]


def test_errors_of_the_bias_model_agree_with_a_plain_computation(part):
    """RMSE and MAE from data frames and scikit-learn's folds, over ratings in the log's order."""
    ratings = pd.DataFrame(
        {"user_id": part.user_ids, "movie_id": part.movie_ids, "rating": part.stars}
    )
    errors = []
    for training, test in KFold(5, shuffle=True, random_state=0).split(ratings):
        model = MODELS["bias"]().fit(RatingMatrix.from_frame(ratings.iloc[training]))
        held_out = ratings.iloc[test]
        errors.append(model.predict(held_out["user_id"], held_out["movie_id"]) - held_out["rating"])
    errors = pd.concat(errors)
    result = run(part, "rating", "bias", seed=0).results[0]
    assert result.counts["ratings"] == len(ratings)
    assert result.measures["rmse"] == pytest.approx((errors**2).mean() ** 0.5)
    assert result.measures["mae"] == pytest.approx(errors.abs().mean())
    for name, (low, high) in result.intervals.items():
        assert low < result.measures[name] < high


def test_predictors_are_compared_by_their_error(part):
    bias, knn = run(part, "rating", "bias", "knn", seed=0).results
    worse, better = sorted((bias, knn), key=lambda each: -each.measures["rmse"])
    difference = worse.measures["rmse"] - better.measures["rmse"]
    assert worse.against.model == better.model
    assert worse.against.difference == pytest.approx(difference)


def test_models_that_predict_no_stars_are_left_out(part):
    said = []
    reports = evaluate(part, Plan("rating"), {"nmf": MODELS["nmf"]}, said.append)
    assert [report.results for report in reports] == [()]
    assert said == ["nmf is left out: it predicts no stars"]


def test_after_a_date(part):
    report = run(part, "time", "popularity", "user-cosine")
    assert len(report.results) == 2
    assert report.results[0].counts["visitors"] > 5
    assert 0 < report.results[1].measures["ndcg@10"] < 1
    earlier = run(part, "time", "popularity", date=day_after_most(part) - 300 * 86_400)
    assert earlier.split != report.split


def test_a_date_before_all_ratings_is_refused(part):
    with pytest.raises(SplitError, match="no ratings before that date"):
        run(part, "time", "popularity", date=0)


def test_nobody_after_the_date_is_refused(part):
    with pytest.raises(SplitError, match="no user can be asked after that date"):
        run(part, "time", "popularity", date=int(part.seconds.max()) + 1)


def test_seeded(results, part):
    again = run(part, "visitor", "popularity").results[0].measures
    first = dict(results[0].measures)
    del again["p95_ms"], first["p95_ms"]
    assert again == first


class Oracle(Recommender):
    """Can't fold anyone in; knows only whom it was told of, and likes films of theirs."""

    def fit_with(self, matrix, profiles):
        self.matrix_, self.known = matrix, [sorted(profile) for profile in profiles]
        return self

    def _learn(self, matrix):
        raise AssertionError("never fitted without the visitors")

    def _score(self, columns, stars):
        assert self.matrix_.movie_ids[columns].tolist() in self.known
        return self.matrix_.counts.astype(float)


def test_a_model_that_cannot_fold_in_learns_the_visitors_at_every_length(part, results):
    report = [*evaluate(part, Plan(seed=1), {"oracle": Oracle})][-1]
    ours, popularity = report.results[0].measures, results[0].measures
    assert ours["ndcg@10 given 5"] == popularity["ndcg@10 given 5"]
    assert ours["ndcg@10"] == popularity["ndcg@10"]


def test_the_order_of_ratings_plays_no_part_for_visitors(part, results):
    order = np.argsort(part.seconds, kind="stable")
    columns = ("user_ids", "movie_ids", "stars", "seconds")
    other = replace(part, **{name: getattr(part, name)[order] for name in columns})
    again = run(other, "visitor", "popularity").results[0].measures
    assert again["ndcg@10"] == results[0].measures["ndcg@10"]


def test_a_part_of_the_folds_and_visitors(part):
    _, visitors = next(visitor_folds(part.matrix, seed=1))
    report = run(part, "visitor", "popularity", folds=1, visitors=7)
    assert report.split.startswith("1 of 5 folds of the users")
    assert report.split.endswith("at most 7 asked at once")
    assert report.results[0].counts["visitors"] == 7 < len(visitors)
    whole = run(part, "visitor", "popularity", folds=1, visitors=10_000).results[0]
    assert whole.counts["visitors"] == len(visitors)
    later = run(part, "time", "popularity", visitors=3)
    assert later.results[0].counts["visitors"] == 3


def test_a_part_of_the_ratings_folds(part):
    report = run(part, "rating", "bias", folds=2)
    assert report.split.startswith("2 of 5 folds of the ratings")
    assert report.results[0].counts["ratings"] == pytest.approx(len(part) * 2 / 5, abs=1)
