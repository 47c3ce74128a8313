import numpy as np
import pytest

from recommender.evaluate.evaluation import evaluate
from recommender.evaluate.plan import Plan
from recommender.evaluate.star_visits import star_folds
from recommender.models import MODELS
from recommender.models.star_intervals import StarIntervals


def test_visitors_give_up_to_fifteen_films_and_are_asked_about_others(part):
    users = []
    for training, visitors in star_folds(part.matrix, seed=1):
        for visitor in visitors:
            columns, stars = part.matrix.of_user(visitor.user_id)
            rated = dict(zip(part.matrix.movie_ids[columns].tolist(), stars, strict=True))
            asked = dict(zip(visitor.asked.tolist(), visitor.stars, strict=True))
            assert len(visitor.given) <= 15 and 0 < len(asked) <= 50
            assert not visitor.given.keys() & asked.keys()
            assert all(rated[film] == given for film, given in (visitor.given | asked).items())
            assert visitor.user_id not in training.user_ids
            assert np.isin(visitor.asked, training.movie_ids).all()
            users.append(visitor.user_id)
    assert sorted(users) == sorted(part.matrix.user_ids.tolist())


@pytest.fixture(scope="module")
def measured(part):
    """By the bias model, on the first of five folds."""
    plan = Plan("stars", seed=1, folds=1)
    said = []
    models = {key: MODELS[key] for key in ("nmf", "bias")}
    (report,) = evaluate(part, plan, models, said.append)
    assert said[0] == "nmf is left out: it predicts no stars"
    return report.results[0]


def test_agrees_with_a_plain_computation(part, measured):
    training, visitors = next(star_folds(part.matrix, seed=1))
    model = MODELS["bias"]().fit(training)
    intervals = StarIntervals.learn(MODELS["bias"], training)
    errors, held, widths = [], [], []
    for visitor in visitors:
        if len(visitor.given) < 5:
            continue
        given = dict([*visitor.given.items()][:5])
        for film, stars in zip(visitor.asked.tolist(), visitor.stars, strict=True):
            expected = model.expected_stars(given, [film])
            (low,), (high,) = intervals.around(expected, 5)
            errors.append(expected[0] - stars)
            held.append(low <= stars <= high)
            widths.append(high - low)
    found = measured.measures
    assert found["rmse given 5"] == pytest.approx(np.mean(np.square(errors)) ** 0.5)
    assert found["covered given 5"] == pytest.approx(np.mean(held))
    assert found["width given 5"] == pytest.approx(np.mean(widths))


def test_more_answers_narrow_the_interval_and_bring_the_stars_closer(measured):
    found = measured.measures
    assert found["rmse"] < found["rmse given 1"]
    assert found["width"] < found["width given 1"]
    assert 0.7 < found["covered"] < 0.9
    for name, (low, high) in measured.intervals.items():
        assert low < found[name] < high
