"""The blend's sum; the contract of every model covers the rest."""

from functools import partial

import numpy as np
import pytest

from recommender.models import MODELS
from recommender.models.blend import BlendRecommender
from recommender.models.blend.members import EASE_FILMS, NEIGHBOURS
from recommender.models.content import ContentRecommender
from recommender.models.ease import EASERecommender
from recommender.models.ranking import best
from recommender.models.user_cosine import UserCosineRecommender

pytestmark = pytest.mark.slow

PROFILE = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0, 1: 4.0, 50: 4.5, 110: 3.0}
SHORT = {318: 5.0, 260: 4.0}
HUNDRED = partial(UserCosineRecommender, n_neighbours=NEIGHBOURS)
NONE = {"opinion": 0.0, "content": 0.0, "neighbours": 0.0, "traits": 0.0}


@pytest.fixture(scope="module")
def blend(models):
    return models["blend"]


@pytest.fixture(scope="module")
def plain(blend):
    """The blend with all its corrections left out."""
    return with_parameters(blend, **NONE)


def with_parameters(blend, **parameters):
    """The same learned arrays under other hyperparameters."""
    other = MODELS["blend"](**blend.parameters() | parameters)
    vars(other).update({name: getattr(blend, name) for name in (*blend.learned, "matrix_")})
    return other


def test_without_corrections_it_is_the_encoder(plain, models):
    assert np.array_equal(plain.score(PROFILE), models["encoder"].score(PROFILE))


def z_scores(raw, known=slice(None)):
    return (raw - raw[known].mean()) / raw[known].std()


@pytest.mark.parametrize(("profile", "trust"), [(PROFILE, 1.0), (SHORT, 0.0625)])
def test_the_second_opinion_is_a_z_score_that_grows_with_the_answers(blend, plain, profile, trust):
    added = with_parameters(blend, **NONE | {"opinion": 0.3}).score(profile) - plain.score(profile)
    ease = EASERecommender(max_movies=EASE_FILMS).fit(blend.matrix_)
    expected = z_scores(ease.score(profile), ease.films_)
    assert added[blend.encoder_films_] == pytest.approx(
        0.3 * trust * expected[blend.encoder_films_], abs=1e-6
    )


@pytest.mark.parametrize(
    ("part", "kind", "profile", "share"),
    [
        ("content", ContentRecommender, PROFILE, 1.0),
        ("content", ContentRecommender, SHORT, 0.0625),
        ("neighbours", HUNDRED, PROFILE, 0.0),
        ("neighbours", HUNDRED, SHORT, 0.75),
    ],
)
def test_content_grows_with_the_answers_and_neighbours_fade(
    blend, plain, part, kind, profile, share
):
    added = with_parameters(blend, **NONE | {part: 0.1}).score(profile) - plain.score(profile)
    expected = 0.1 * share * z_scores(kind().fit(blend.matrix_).score(profile))
    films = blend.encoder_films_
    assert added[films] == pytest.approx(expected[films], abs=1e-6)


@pytest.mark.parametrize("profile", [PROFILE, SHORT])
@pytest.mark.parametrize("key", ["encoder", "blend"])
def test_some_films_are_scored_as_among_all(models, matrix, key, profile):
    """Reasons ask for those that are shown alone: known ones, and with them one that is not."""
    columns, stars = matrix.columns(profile), np.array(list(profile.values()))
    kept = np.vstack([np.ones(len(columns)), 1 - np.eye(len(columns))])
    model, known = models[key], models["encoder"].films_
    score = partial(model._scores if key == "blend" else model.scores, columns, stars, kept)
    rare = np.flatnonzero(matrix.counts < 5)[:1]
    for films in (known[[5, 900, 2, 700]], np.r_[rare, known[3]], rare):
        assert score(films) == pytest.approx(score()[:, films], abs=1e-5)


def test_a_member_fitted_before_is_as_good_as_one_fitted_for_it(blend, matrix, models):
    steps = {"steps": blend.steps}
    members = BlendRecommender(**steps).members()
    fitted = {key: models[key] for key in ("encoder", "content")}
    fitted |= {key: members[key].fit(matrix) for key in ("ease", "user-cosine")}
    assert all(fitted[key].parameters() == each.parameters() for key, each in members.items())
    again = BlendRecommender(**steps).fit_from(matrix, fitted)
    assert np.array_equal(again.score(PROFILE), blend.score(PROFILE))


def test_surprise_takes_fame_off_and_zero_changes_nothing(blend, matrix):
    scores = blend.score(PROFILE)
    assert np.array_equal(blend.score(PROFILE, surprise=0.0), scores)
    off = scores - blend.score(PROFILE, surprise=0.5)
    assert off == pytest.approx(0.5 * blend.log_likes_)
    unseen = matrix.without(PROFILE)
    ratings = [
        matrix.counts[best(blend.score(PROFILE, surprise), matrix.counts, 10, unseen)].mean()
        for surprise in (-1.0, 0.0, 1.0, 2.0)
    ]
    assert ratings == sorted(ratings, reverse=True) and ratings[0] > ratings[-1]


def test_who_gave_nothing_gets_the_popular_films_with_any_surprise(blend, matrix):
    assert np.array_equal(blend.score({}, surprise=1.0), matrix.counts)


def test_a_taste_of_one_genre_brings_this_genre(blend, matrix):
    """Eight documentaries, of which hardly anyone in the sample likes as many."""
    documentary = matrix.genre_flags[:, matrix.genre_names.index("Documentary")]
    given = best(matrix.counts.astype(float), matrix.counts, 8, documentary)
    profile = dict.fromkeys(matrix.movie_ids[given].tolist(), 5.0)
    listed = best(blend.score(profile), matrix.counts, 10, matrix.without(profile))
    assert documentary[listed].sum() >= 5


def test_reasons_are_what_the_score_loses(blend, matrix):
    """Whatever part of the sum a film speaks through, and also for films that few people rated."""
    scores = blend.score(PROFILE)
    rare = best(scores, matrix.counts, 3, matrix.counts < 5)
    for column in [*best(scores, matrix.counts, 10), *rare]:
        for film, weight in blend.explain(PROFILE, int(matrix.movie_ids[column])):
            rest = {other: stars for other, stars in PROFILE.items() if other != film}
            assert weight == pytest.approx(scores[column] - blend.score(rest)[column], abs=1e-4)


def test_no_list_holds_a_film_that_fewer_than_five_people_rated(blend, matrix):
    """Not even for strange profiles: hates everything, one film at half a star, a rare film.

    Nor where the rest of the sum speaks for it as loudly as it can.
    """
    rng = np.random.default_rng(0)
    odd = matrix.movie_ids[[np.argmin(matrix.counts), matrix.n_movies // 2]].tolist()
    profiles = [dict.fromkeys(PROFILE, 0.5), {318: 0.5}, {odd[0]: 5.0}, dict.fromkeys(odd, 0.5)]
    for _ in range(10):
        films = rng.choice(matrix.movie_ids, 8, replace=False).tolist()
        profiles.append(dict(zip(films, rng.integers(1, 11, 8) / 2, strict=True)))
    loud = with_parameters(blend, content=30.0, traits=30.0)
    for profile in profiles:
        for each in (blend, loud):
            listed = best(each.score(profile), matrix.counts, 10, matrix.without(profile))
            assert matrix.counts[listed].min() >= 5


def test_a_second_fit_forgets_the_first(checkerboard, matrix):
    model = BlendRecommender(steps=5).fit(matrix.take_users(np.arange(30)))
    model.score({318: 5.0})
    refitted = model.fit(checkerboard).score({0: 5.0, 1: 1.0})
    assert np.array_equal(
        refitted, BlendRecommender(steps=5).fit(checkerboard).score({0: 5.0, 1: 1.0})
    )
