"""The blend's parts; the contract of every model covers the rest."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.splits import WELL_KNOWN
from recommender.models.blend.blend import BlendRecommender
from recommender.models.blend.features import FilmFeatures, features
from recommender.models.blend.visits import held_out, visits
from recommender.models.ranking import best

PROFILE = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0}


@pytest.fixture(scope="module")
def blend(models):
    return models["blend"]


@pytest.fixture(scope="module")
def split(matrix):
    """A quarter of the sample's users as visitors, and the matrix of the others."""
    training_rows, rows = held_out(matrix.n_users, matrix.n_users, seed=0)[0]
    return matrix.take_users(training_rows), rows


@pytest.fixture(scope="module")
def small(sample):
    """Some 120 users' ratings of the sample's 300 most rated films: quick to fit."""
    ratings, movies = sample
    films = ratings["movie_id"].value_counts().index[:300]
    some = ratings[ratings["movie_id"].isin(films) & (ratings["user_id"] <= 120)]
    return RatingMatrix.from_frame(some, movies)


@pytest.mark.parametrize(
    ("n_users", "n_visitors", "parts"), [(8, 8, 4), (8, 2, 1), (9, 7, 4), (1000, 10, 1), (1, 5, 4)]
)
def test_visitors_are_held_out_once_and_at_most_a_quarter_at_a_time(n_users, n_visitors, parts):
    splits = held_out(n_users, n_visitors, seed=1)
    assert len(splits) == parts
    visitors = np.concatenate([rows for _, rows in splits])
    assert len(np.unique(visitors)) == len(visitors) == min(n_users, n_visitors)
    for training, rows in splits:
        assert sorted([*training, *rows]) == list(range(n_users))
        assert len(rows) <= -(-n_users // 4)


def test_a_visit_gives_well_known_films_and_asks_for_others_that_the_user_likes(matrix, split):
    training, rows = split
    well_known = set(training.by_popularity[:WELL_KNOWN].tolist())
    seen = list(visits(training, matrix, rows[:20], seed=0))
    assert len(seen) > 20
    for visit in seen:
        assert 5 <= len(visit.columns) <= 15 and set(visit.columns.tolist()) <= well_known
        assert visit.liked.any() and not visit.liked[visit.columns].any()


def test_visits_hold_the_users_own_ratings(matrix, split):
    """Film by film, against the matrix that the visitor was taken from."""
    training, rows = split
    for visit in visits(training, matrix, rows[:1], seed=0):
        films = matrix.columns(training.movie_ids)
        stars = matrix.csr[rows[0]].toarray()[films]
        assert np.array_equal(stars[visit.columns], visit.stars)
        expected = set(np.flatnonzero(stars >= 4)) - set(visit.columns)
        assert set(np.flatnonzero(visit.liked)) == expected


def test_who_likes_much_does_not_drown_the_others(blend, matrix, split):
    """The liked rows of a lesson weigh the root of their number together."""
    _, rows = split
    stage, films = blend._stage, blend._films
    rng = np.random.default_rng(0)
    numbers = set()
    for visit in visits(matrix, matrix, rows[:5], seed=0):
        _, liked, weights = blend._lesson(stage, films, visit, rng)
        assert weights[liked].sum() == pytest.approx(np.sqrt(liked.sum()))
        assert np.ptp(weights) == 0
        numbers.add(liked.sum())
    assert len(numbers) > 1


def test_no_first_stage_sees_its_visitors(small, monkeypatch):
    """Whom a first stage is asked about is never among those whose ratings it was fitted to."""
    asked = []

    def spy(training, everyone, rows, seed):
        asked.append(everyone.user_ids[rows])
        assert not np.isin(training.user_ids, everyone.user_ids[rows]).any()
        assert training.n_users + len(rows) == everyone.n_users
        return visits(training, everyone, rows, seed)

    monkeypatch.setattr("recommender.models.blend.blend.visits", spy)
    assert len(BlendRecommender(n_trees=2).fit(small).tree_roots_) == 2
    assert np.array_equal(np.sort(np.concatenate(asked)), small.user_ids)


def test_candidates_come_first_and_all_others_follow_by_the_first_stage(blend, matrix):
    columns, stars = blend._known(PROFILE)
    scores, total = blend.score(PROFILE), blend._stage.score(columns, stars).sum(axis=0)
    unseen = matrix.without(PROFILE)
    ranked = best(scores, matrix.counts, matrix.n_movies, unseen)
    by_first_stage = best(total, matrix.counts, matrix.n_movies, unseen)
    n = blend.n_candidates
    assert set(ranked[:n]) == set(by_first_stage[:n])
    assert not np.array_equal(ranked[:n], by_first_stage[:n])
    assert np.array_equal(ranked[n:], by_first_stage[n:])


def test_with_few_users_the_first_stage_alone_ranks(small):
    model = BlendRecommender().fit(small.take_users(np.arange(60)))
    columns, stars = model._known(PROFILE)
    assert np.array_equal(model.score(PROFILE), model._stage.score(columns, stars).sum(axis=0))


def test_without_anyone_who_likes_anything_the_first_stage_alone_ranks(small):
    dull = small.csr.tocoo()
    matrix = RatingMatrix.from_triplets(*dull.coords, np.minimum(dull.data, 3.5))
    assert not len(BlendRecommender(n_trees=2).fit(matrix).tree_roots_)


def test_a_z_score_has_mean_0_and_spread_1(blend):
    columns, stars = blend._known(PROFILE)
    scores = blend._stage.score(columns, stars)
    assert scores.mean(axis=1) == pytest.approx(0, abs=1e-9)
    assert scores.std(axis=1) == pytest.approx(1)


def test_film_features_by_hand():
    """Three users, two films: film 1 has 5, 4 and 3 stars, film 2 has 2; the mean of all is 3.5."""
    rows = [(1, 1, 5.0), (2, 1, 4.0), (3, 1, 3.0), (1, 2, 2.0)]
    ratings = pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"])
    movies = pd.DataFrame(
        {"movie_id": [1, 2], "title": ["A", "B"], "release_year": [1990, None], "genres": ["X", ""]}
    ).astype({"release_year": "Int64"})
    table = FilmFeatures.of(RatingMatrix.from_frame(ratings, movies)).table
    assert table[0] == pytest.approx(
        [np.log(3.5 / 3), np.log(2.5 / 3), (12 + 17.5) / 8, np.sqrt(2 / 3), 4.5 / 8, 1990]
    )
    assert table[1] == pytest.approx(
        [np.log(1.5 / 3), np.log(0.5 / 3), (2 + 17.5) / 6, 0, 2.5 / 6, 1990]
    )


def test_features_are_numbers_for_any_profile(blend, matrix):
    for profile in ({318: 0.5}, PROFILE, dict.fromkeys(matrix.movie_ids[:200].tolist(), 3.0)):
        columns, stars = blend._known(profile)
        scores = blend._stage.score(columns, stars)
        table = features(blend._films, scores, columns, stars, np.arange(50))
        assert table.shape[0] == 50 and np.isfinite(table).all()
