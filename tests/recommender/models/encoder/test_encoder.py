"""The encoder as a whole; the contract of every model covers the rest."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.encoder import EncoderRecommender
from recommender.models.encoder.encoder import FEWEST_RATINGS
from recommender.models.ranking import best

pytestmark = pytest.mark.slow

PROFILE = {318: 5.0, 296: 4.5, 356: 2.0, 593: 4.0, 260: 3.5, 480: 1.0}


@pytest.fixture(scope="module")
def encoder(models):
    return models["encoder"]


@pytest.fixture(scope="module")
def pairs():
    """Of 200 users each likes the films 2 i and 2 i + 1 of one pair, and two of ten others."""
    rng = np.random.default_rng(0)
    rows = []
    for user in range(200):
        pair = user % 8
        others = 100 + rng.permutation(10)[:2]
        rows += [(user, film, 5.0) for film in (2 * pair, 2 * pair + 1, *others)]
    return RatingMatrix.from_frame(pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"]))


def test_whoever_likes_one_of_a_pair_gets_the_other_first(pairs):
    model = EncoderRecommender(n_factors=16, n_hidden=32, steps=300, dropout=0.1).fit(pairs)
    for film in range(16):
        scores = model.score({film: 5.0})
        assert best(scores, pairs.counts, 1, pairs.without([film]))[0] == film ^ 1


def test_it_is_deterministic(checkerboard):
    def scores(random_state):
        model = EncoderRecommender(steps=20, random_state=random_state)
        return model.fit(checkerboard).score({0: 5.0, 3: 2.0})

    assert np.array_equal(scores(1), scores(1))
    assert not np.array_equal(scores(1), scores(2))


def test_scores_of_known_films_are_log_shares(encoder):
    shares = np.exp(encoder.score(PROFILE)[encoder.films_])
    assert shares.sum() == pytest.approx(1, abs=1e-4)


def test_every_film_with_five_ratings_is_known_and_the_others_come_after(encoder, matrix):
    assert np.array_equal(encoder.films_, np.flatnonzero(matrix.counts >= FEWEST_RATINGS))
    scores = encoder.score(PROFILE)
    rare = matrix.counts < FEWEST_RATINGS
    assert scores[rare].max() < scores[~rare].min()


def test_a_rare_film_is_placed_by_what_it_shares(encoder, matrix):
    """Westerns lift the westerns that few people rated above other such films."""
    western = matrix.genre_flags[:, matrix.genre_names.index("Western")]
    rare = matrix.counts < FEWEST_RATINGS
    given = best(matrix.counts.astype(float), matrix.counts, 8, western)
    lift = encoder.score(dict.fromkeys(matrix.movie_ids[given].tolist(), 5.0))
    lift -= encoder.score(PROFILE)
    assert lift[rare & western].mean() > lift[rare & ~western].mean()


def test_a_rare_film_may_be_given(encoder, matrix):
    """By its genres and decade it says something even alone."""
    film = int(matrix.movie_ids[np.argmin(matrix.counts)])
    assert not np.array_equal(encoder.score({film: 5.0}), encoder.score({film: 5.0, 318: 5.0}))
    assert np.isfinite(encoder.score({film: 5.0})).all()


def test_stars_matter(encoder, matrix):
    liked, mixed = ({318: 5.0, 260: stars} for stars in (5.0, 1.0))
    empire = matrix.columns([1196])[0]
    assert encoder.score(liked)[empire] > encoder.score(mixed)[empire]


def test_at_most_so_many_films_are_known(checkerboard):
    model = EncoderRecommender(most_films=7, steps=5).fit(checkerboard)
    assert np.array_equal(model.films_, np.sort(checkerboard.by_popularity[:7]))
    assert np.isfinite(model.score({0: 5.0, 29: 1.0})).all()
