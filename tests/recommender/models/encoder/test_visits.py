"""Users shown as visitors."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.encoder import visits
from recommender.models.encoder.visits import Visits, worth


def drawn(matrix, themed: float, n: int = 300):
    """(row, visit) for the first users, each again and again."""
    source = Visits(matrix, themed, np.random.default_rng(0))
    rows = np.resize(np.arange(50), n)
    return [(row, visit) for row in rows for visit in source.of(np.array([row]))]


@pytest.mark.parametrize("themed", [0.0, 1.0])
def test_visits_hold_the_users_own_ratings_and_at_most_half(matrix, themed):
    found = drawn(matrix, themed)
    assert len(found) > 250
    for row, visit in found:
        stars = matrix.csr[[row]].toarray()[0]
        assert np.array_equal(stars[visit.given], visit.stars) and visit.stars.all()
        assert np.array_equal(stars[visit.wanted], visit.wanted_stars)
        assert (visit.wanted_stars >= 4).all()
        assert not np.isin(visit.given, visit.wanted).any()
        assert 1 <= len(visit.given) <= np.count_nonzero(stars) // 2


def test_without_a_theme_all_other_likes_are_wanted(matrix):
    for row, visit in drawn(matrix, 0.0):
        liked = np.flatnonzero(matrix.csr[[row]].toarray()[0] >= 4)
        assert np.array_equal(visit.wanted, np.setdiff1d(liked, visit.given))


def test_a_themed_visit_gives_and_wants_the_likes_of_one_genre(matrix):
    themed = 0
    for row, visit in drawn(matrix, 1.0):
        liked = np.flatnonzero(matrix.csr[[row]].toarray()[0] >= 4)
        flags = matrix.genre_flags[liked]
        if not (flags.sum(axis=0) >= 2 * visits.FEWEST_OF_THEME).any():
            continue
        themed += 1
        films = np.sort(np.r_[visit.given, visit.wanted])
        assert any(np.array_equal(films, liked[flags[:, g]]) for g in range(flags.shape[1]))
        assert visits.FEWEST_OF_THEME <= len(visit.given) <= visits.MOST_GIVEN
    assert themed > 100


def test_who_likes_nothing_or_has_one_film_makes_no_visit():
    rows = [(1, 1, 3.0), (1, 2, 2.0), (1, 3, 3.5), (2, 1, 5.0)]
    dull = RatingMatrix.from_frame(pd.DataFrame(rows, columns=["user_id", "movie_id", "rating"]))
    assert not list(Visits(dull, 0.5, np.random.default_rng(0)).of(np.array([0, 1] * 20)))


def test_five_stars_are_worth_more_than_four():
    assert worth(np.array([5.0, 4.5, 4.0])) == pytest.approx([1, 0.9, 0.8])
