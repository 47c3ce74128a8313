import numpy as np
import pytest

from recommender.data.rating_matrix import LIKED
from recommender.evaluate.question_visits import answers, question_folds
from recommender.evaluate.splits import WELL_KNOWN, rated
from recommender.questions.quick_start import questions

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fold(matrix):
    """The first of five: what is learned, and who is asked."""
    return next(iter(question_folds(matrix, seed=2)))


def ratings_of(matrix, visitor) -> dict[int, float]:
    films, stars = rated(matrix, int(np.searchsorted(matrix.user_ids, visitor.user_id)))
    return dict(zip(films.tolist(), stars.tolist(), strict=True))


def test_no_model_sees_a_visitor(fold):
    training, visitors = fold
    assert len(visitors) > 100
    assert not np.isin([visitor.user_id for visitor in visitors], training.user_ids).any()


def test_half_of_the_likes_are_wanted(matrix, fold):
    training, visitors = fold
    for visitor in visitors:
        liked = [
            film for film, stars in ratings_of(matrix, visitor).items()
            if stars >= LIKED and film in set(training.movie_ids.tolist())
        ]  # fmt: skip
        assert len(visitor.relevant) == len(liked) // 2
        assert set(visitor.relevant.tolist()) < set(liked)


def test_what_is_wanted_is_neither_asked_nor_left_out(fold):
    for visitor in fold[1]:
        wanted = set(visitor.relevant.tolist())
        assert not wanted & set(visitor.seen.tolist())
        for given in (visitor.given, *visitor.stages.values()):
            assert not wanted & given.keys()


def test_answers_are_the_visitors_own_stars_of_films_asked_about(matrix, fold):
    training, visitors = fold
    order = questions(training).tolist()
    for visitor in visitors[:20]:
        own, wanted = ratings_of(matrix, visitor), set(visitor.relevant.tolist())
        asked = [film for film in order if film not in wanted]
        for n, given in (
            (5, visitor.given),
            (10, visitor.stages["after 10"]),
            (30, visitor.stages["after 30"]),
        ):
            assert given == {film: own[film] for film in asked[:n] if film in own}
        assert set(visitor.stages["well known 5"]) <= set(visitor.stages["well known 30"])


def test_well_known_films_that_are_rated_and_not_wanted_are_left_out(matrix, fold):
    training, visitors = fold
    well_known = set(training.movie_ids[training.by_popularity[:WELL_KNOWN]].tolist())
    for visitor in visitors:
        rest = ratings_of(matrix, visitor).keys() - set(visitor.relevant.tolist())
        assert set(visitor.seen.tolist()) == rest & well_known


def test_who_has_not_seen_a_film_gives_no_answer():
    assert answers([3, 1, 2], {2: 4.0, 3: 1.0, 9: 5.0}) == {3: 1.0, 2: 4.0}
    assert answers([3], {}) == {}
