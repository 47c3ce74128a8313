"""The contract of every model in MODELS: a new one is tested by being added."""

import inspect
from copy import copy

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.metrics import rmse
from recommender.models import DEFAULT_MODEL, MODELS
from recommender.models.base import ProfileError
from recommender.models.ranking import best
from recommender.serving import artifacts
from recommender.serving.shelves import recommend
from tests.recommender.quick import quick

PROFILE = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0}
UNKNOWN = 10**12
SLOW = {DEFAULT_MODEL, "encoder", "stack"}  # to fit
PERSONAL = [key for key in MODELS if MODELS[key].explains]
PREDICTORS = [key for key in MODELS if hasattr(MODELS[key], "predict")]


def each(keys):
    """A test for each model; where its packages are not installed, it is skipped and says so."""
    return pytest.mark.parametrize("key", [pytest.param(key, marks=marks(key)) for key in keys])


def marks(key):
    extra = [pytest.mark.extra] if MODELS[key].extras else []
    slow = [pytest.mark.slow] if key in SLOW else []
    reason = MODELS[key].obstacle()
    return [*extra, *slow, *([pytest.mark.skip(reason=reason)] if reason else [])]


every_listed_model = pytest.mark.parametrize("key", MODELS)
every_model = each(MODELS)
personal_models = each(PERSONAL)


@pytest.fixture
def model(models, key):
    return models[key]


def test_the_default_is_a_model():
    assert DEFAULT_MODEL in MODELS


@every_listed_model
def test_says_in_one_line_what_it_is(key):
    kind = MODELS[key]
    assert kind.label and kind.description.endswith(".") and "\n" not in kind.description


@every_listed_model
def test_constructor_only_stores_hyperparameters(key):
    model = MODELS[key]()
    parameters = inspect.signature(MODELS[key]).parameters
    assert vars(model) == {name: value.default for name, value in parameters.items()}
    assert model.parameters() == vars(model)


@every_model
def test_fit_returns_the_model_and_leaves_the_ratings_alone(key, checkerboard):
    before = checkerboard.csr.toarray(), checkerboard.csc.toarray(), checkerboard.counts.copy()
    model = quick(key)
    assert model.fit(checkerboard) is model
    after = checkerboard.csr.toarray(), checkerboard.csc.toarray(), checkerboard.counts
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


@every_model
def test_scores_every_film_with_a_number(model, matrix):
    scores = model.score(PROFILE)
    assert scores.shape == matrix.movie_ids.shape
    assert np.isfinite(scores).all()


@every_model
def test_scoring_is_repeatable_and_independent_of_the_order_of_ratings(model):
    scores = model.score(PROFILE)
    backwards = dict(reversed(PROFILE.items()))
    assert np.array_equal(scores, model.score(PROFILE))
    assert np.array_equal(scores, model.score(backwards))


@every_model
def test_scores_are_the_callers_to_change(model):
    first = model.score(PROFILE)
    expected = first.copy()
    first[:] = 0
    assert np.array_equal(model.score(PROFILE), expected)


@every_model
def test_scoring_does_not_change_the_profile(model):
    profile = dict(PROFILE)
    model.score(profile)
    assert profile == PROFILE


@every_model
def test_unknown_films_are_ignored(model):
    assert np.array_equal(model.score(PROFILE | {UNKNOWN: 5.0, -1: 1.0}), model.score(PROFILE))


@every_model
@pytest.mark.parametrize("profile", [{}, {UNKNOWN: 5.0}], ids=["empty", "unknown film"])
def test_who_has_rated_nothing_known_gets_the_popular_films(model, matrix, profile):
    assert np.array_equal(model.score(profile), matrix.counts)
    assert model.explain(profile, 318) == []


@every_model
@pytest.mark.parametrize("stars", [0.5, 2.5, 5.0])
def test_one_rating_is_enough(model, stars):
    assert np.isfinite(model.score({318: stars})).all()


@every_model
def test_a_profile_of_every_film_is_not_too_much(model, matrix):
    profile = dict(zip(matrix.movie_ids.tolist(), matrix.means.tolist(), strict=True))
    assert np.isfinite(model.score(profile)).all()


@every_model
@pytest.mark.parametrize("stars", [0.0, 5.5, -1.0, float("nan"), float("inf")])
def test_stars_off_the_scale_are_refused(model, stars):
    with pytest.raises(ProfileError, match=r"must be 0\.5 to 5 stars"):
        model.score({318: stars})


@every_model
def test_refitting_equals_a_fresh_fit(key, checkerboard, matrix):
    other = matrix.take_users(np.arange(40))
    refitted = quick(key).fit(other).fit(checkerboard)
    assert np.array_equal(
        refitted.score({0: 5.0, 1: 1.0}), quick(key).fit(checkerboard).score({0: 5.0, 1: 1.0})
    )


@every_model
def test_saved_and_loaded_it_answers_the_same(key, model, matrix, tmp_path):
    model = copy(model)
    vars(model).update(MODELS[key]().parameters())  # only a model by the defaults is loaded
    artifacts.save(model, tmp_path)
    loaded = artifacts.load(key, matrix, tmp_path)
    assert np.array_equal(loaded.score(PROFILE), model.score(PROFILE))
    assert loaded.explain(PROFILE, 1) == model.explain(PROFILE, 1)


@every_model
def test_explains_with_films_of_the_profile_only(model):
    reasons = model.explain(PROFILE, 1)
    assert {movie_id for movie_id, _ in reasons} == (set(PROFILE) if model.explains else set())
    assert [weight for _, weight in reasons] == sorted((w for _, w in reasons), reverse=True)


@every_model
def test_explains_many_films_like_one_and_an_unknown_film_by_nothing(model):
    together = model.explain_all(PROFILE, [1, UNKNOWN, 527])
    assert [w for _, w in together[1] if w] == []
    for reasons, movie_id in ((together[0], 1), (together[2], 527)):
        alone = model.explain(PROFILE, movie_id)
        assert [i for i, _ in reasons] == [i for i, _ in alone]
        assert [w for _, w in reasons] == pytest.approx([w for _, w in alone])


@each([key for key in MODELS if MODELS[key].says_because])
def test_because_is_exact(model, matrix):
    """Reasons add up to the score, or each is what the score loses when the film is taken out."""
    scores = model.score(PROFILE)
    without = {
        left_out: model.score({film: PROFILE[film] for film in PROFILE if film != left_out})
        for left_out in PROFILE
    }
    for column in best(scores, matrix.counts, 20):
        reasons = dict(model.explain(PROFILE, int(matrix.movie_ids[column])))
        losses = {film: scores[column] - without[film][column] for film in PROFILE}
        adds_up = sum(reasons.values()) == pytest.approx(scores[column])
        assert adds_up or reasons == pytest.approx(losses, abs=1e-4)


@every_model
def test_embeddings_are_a_point_for_each_film_or_none(model, matrix):
    points = model.embeddings()
    if points is not None:
        assert points.ndim == 2 and len(points) == matrix.n_movies
        assert np.isfinite(points).all()
        parts = matrix.columns([260, 1196])  # Star Wars, The Empire Strikes Back
        unit = points / np.linalg.norm(points, axis=1, keepdims=True).clip(min=1e-12)
        cosines = unit @ unit[parts[0]]
        known = matrix.counts >= 50
        assert cosines[parts[1]] > np.quantile(cosines[known], 0.95), "sequels lie close"


@each(PREDICTORS)
def test_predicts_stars_for_any_pair(model, matrix):
    users, films = matrix.user_ids[[0, 0, 5]], matrix.movie_ids[[3, 9, 3]]
    stars = model.predict([*users, -7, -7, users[0]], [*films, films[0], UNKNOWN, UNKNOWN])
    assert stars.shape == (6,)
    assert ((stars >= 0.5) & (stars <= 5)).all()
    # One pair at a time, the order of pairs does not matter.
    alone = [model.predict([user], [film])[0] for user, film in zip(users, films, strict=True)]
    assert stars[:3] == pytest.approx(alone)
    assert model.predict([], []).shape == (0,)


@each(PREDICTORS)
def test_predictions_beat_the_films_mean(key, matrix):
    ratings = matrix.csr.tocoo()
    held_out = np.random.default_rng(0).random(ratings.nnz) < 0.1
    users, films = (
        ids[places]
        for ids, places in zip((matrix.user_ids, matrix.movie_ids), ratings.coords, strict=True)
    )
    training = RatingMatrix.from_triplets(
        users[~held_out], films[~held_out], ratings.data[~held_out]
    )
    columns = training.columns(films[held_out].tolist())
    means = np.where(columns >= 0, training.means[columns], training.overall_mean)
    predicted = quick(key).fit(training).predict(users[held_out], films[held_out])
    actual = ratings.data[held_out]
    assert rmse(predicted, actual) < 0.95 * rmse(means, actual)


@each([key for key in PERSONAL if key != "content"])  # knows no ratings
def test_checkerboard(key, checkerboard):
    """Who likes even films and dislikes odd ones gets every other even film before any odd."""
    model = quick(key).fit(checkerboard)
    scores = model.score({film: 5.0 if film % 2 == 0 else 1.0 for film in range(10)})
    assert scores[10::2].min() > scores[11::2].max()


@personal_models
def test_taste_shows_in_the_scores(model, matrix):
    """Liking Toy Story, Aladdin and The Lion King lifts films for children more than others."""
    liked, disliked = ({1: stars, 588: stars, 364: stars} for stars in (5.0, 1.0))
    lift = model.score(liked) - model.score(disliked)
    children = matrix.genre_flags[:, matrix.genre_names.index("Children")]
    well_known = matrix.without(liked) & (matrix.counts >= 20)
    assert lift[children & well_known].mean() > lift[~children & well_known].mean()


@every_model
def test_fills_the_shelves(model):
    shelves = recommend(model, PROFILE)
    assert [len(shelf) for shelf in (shelves.tonight, shelves.gems, shelves.genres)] == [10, 5, 5]


@every_model
def test_the_smallest_matrix(key):
    one = RatingMatrix.from_frame(pd.DataFrame({"user_id": [7], "movie_id": [9], "rating": [3.5]}))
    model = quick(key).fit(one)
    assert np.isfinite(model.score({9: 4.0})).all()
    assert recommend(model, {}).tonight[0].movie_id == 9
