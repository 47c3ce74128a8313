"""Films for several people on the checkerboard, where stars follow the parity of a film."""

import numpy as np
import pytest

from recommender.models.knn import KNNRecommender
from recommender.models.star_intervals import StarIntervals
from recommender.serving.evening import WAYS, evening
from recommender.serving.star_estimates import StarEstimates

EVEN = {film: 5.0 if film % 2 == 0 else 1.0 for film in range(8)}
ODD = {film: 1.0 if film % 2 == 0 else 5.0 for film in range(8)}


@pytest.fixture(scope="module")
def knn(checkerboard) -> KNNRecommender:
    return KNNRecommender().fit(checkerboard)


@pytest.fixture(scope="module")
def estimates(knn) -> StarEstimates:
    none = np.zeros((1, 1))
    return StarEstimates(knn, StarIntervals(np.array([1]), np.array([[3.0]]), none, none))


@pytest.mark.parametrize("way", WAYS)
def test_friends_of_one_taste_get_films_of_it(knn, estimates, way):
    found = evening(knn, estimates, [EVEN, EVEN], without=EVEN, way=way, n=5)
    assert len(found.films) == 5
    assert all(each.film.movie_id % 2 == 0 for each in found.films)
    assert all(each.because[0][0] % 2 == 0 for each in found.films)
    assert all(low > 4 for low in found.means[way])


def test_in_turns_people_of_opposite_tastes_both_get_films(knn, estimates):
    found = evening(knn, estimates, [EVEN, ODD], without=EVEN, way="turns", n=4)
    assert [each.chosen_by for each in found.films] == [0, 1, 1, 0]
    assert [each.film.movie_id % 2 for each in found.films] == [0, 1, 1, 0]
    assert set(found.means) == set(WAYS)


def test_nobody_is_shown_what_is_left_out_and_stars_are_those_of_each(knn, estimates):
    without = set(range(20))
    found = evening(knn, estimates, [EVEN, ODD], without, "average", n=30)
    assert {each.film.movie_id for each in found.films} == set(range(20, 30))
    film = found.films[0]
    movie = film.film.movie_id
    wanted = [estimates.predictor.expected_stars(each, [movie])[0] for each in (EVEN, ODD)]
    assert [each.stars for each in film.expected] == pytest.approx(wanted)
    assert film.chosen_by is None


def test_where_nothing_is_left_nothing_is_found(knn, estimates):
    found = evening(knn, estimates, [EVEN, ODD], set(range(30)), "misery")
    assert found.films == [] and found.means == {}
