from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.model_selection import KFold

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.evaluation import evaluate
from recommender.evaluate.evaluation_report import Report
from recommender.evaluate.later_visits import cut_dates
from recommender.evaluate.plan import Plan
from recommender.evaluate.splits import SplitError, visitor_folds
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
        assert {"stratified_ndcg@10", "fame", "novelty", "diversity"} < set(result.measures)
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
    curve = [personal[f"ndcg@10 given {n}"] for n in (1, 3, 5, 10)]
    assert curve[0] < curve[2] < personal["ndcg@10"]
    assert personal["stratified_ndcg@10 given 1"] < personal["stratified_ndcg@10"]
    assert popularity["fame"] > 0.95 and popularity["fame"] > personal["fame"]


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
    predicted = (errors + ratings["rating"]).clip(0.5, 5)
    at_four = ratings["rating"][(predicted >= 3.75) & (predicted < 4.25)]
    assert len(at_four) > 1000
    assert result.measures["actual at 4.0"] == pytest.approx(at_four.mean(), abs=1e-6)
    for name, (low, high) in result.intervals.items():
        assert low < result.measures[name] < high


@pytest.mark.slow
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


@pytest.mark.slow
def test_after_a_date(part):
    report = run(part, "time", "popularity", "user-cosine")
    assert len(report.results) == 2
    assert report.results[0].counts["visitors"] > 5
    assert 0 < report.results[1].measures["ndcg@10"] < 1
    assert report.split.count("-") == 5 * 2
    first, *_ = cut_dates(part)
    earlier = run(part, "time", "popularity", date=first)
    assert earlier.split.count("-") == 2
    assert earlier.results[0].counts["visitors"] < report.results[0].counts["visitors"]


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
    date = cut_dates(part)[0]
    later = run(part, "time", "popularity", visitors=3, date=date)
    assert later.results[0].counts["visitors"] == 3


def test_half_of_the_users_may_be_held_out_at_once(part):
    report = run(part, "visitor", "popularity", folds=1, n_folds=2)
    assert report.split.startswith("1 of 2 folds of the users")
    assert report.results[0].counts["visitors"] > 2 * 23


def test_a_part_of_the_users_is_said_to_be_one(part):
    report = run(replace(part, all_users=671), "visitor", "popularity", folds=1)
    assert report.split.startswith("150 of 671 users, drawn at random; 1 of 5 folds")


@pytest.mark.slow
def test_questions_are_measured_after_five_ten_and_thirty(part):
    popularity, personal = (
        each.measures for each in run(part, "questions", "popularity", "user-cosine").results
    )
    stages = ["after 10", "after 30", *(f"well known {n}" for n in (5, 10, 30))]
    assert {f"ndcg@10 {stage}" for stage in stages} < personal.keys()
    assert popularity["ndcg@10 after 30"] < popularity["ndcg@10"]  # of those who know fewer films
    assert 0.5 < personal["answers"] < personal["answers after 10"] < personal["answers after 30"]
    assert len({personal[f"ndcg@10 {stage}"] for stage in stages}) == len(stages)
    assert {"stratified_ndcg@10 after 30", "fame", "coverage"} < personal.keys()


@pytest.mark.slow
def test_themes_tell_who_listens_from_who_does_not(part):
    popularity, personal = (
        each.measures for each in run(part, "themes", "popularity", "item-cosine").results
    )
    assert popularity["fame"] > 0.95 and popularity["overlap"] > 0.5
    assert personal["on_theme"] > 1.3 * popularity["on_theme"]
    assert personal["overlap"] < popularity["overlap"]
    assert personal["on_theme"] == personal["on_genre"]  # there are no tags
    assert "ndcg@10" in personal


def test_without_any_theme_nobody_can_be_asked(part):
    with pytest.raises(SplitError, match="no genre and no much-used tag"):
        run(replace(part, movies=None), "themes", "popularity")


def test_a_part_of_the_ratings_folds(part):
    report = run(part, "rating", "bias", folds=2)
    assert report.split.startswith("2 of 5 folds of the ratings")
    assert report.results[0].counts["ratings"] == pytest.approx(len(part) * 2 / 5, abs=1)
