"""What tells the kind of a film from its title, genres and year."""

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.blend.film_traits import foreign, foreign_kinds, kinds, of_one_time

FILMS = {
    "Wings of Desire (Himmel über Berlin, Der) (1987)": "Drama|Fantasy",
    "Bicycle Thieves (a.k.a. The Bicycle Thief) (Ladri di biciclette) (1948)": "Drama",
    "Seven (a.k.a. Se7en) (1995)": "Crime",
    "Heat (1995)": "Crime|Drama",
    "Spirited Away (Sen to Chihiro no kamikakushi)": "Fantasy",
    "Alien³": "Horror",
}
FOREIGN = [True, True, False, False, True, False]


@pytest.fixture
def six():
    movies = pd.DataFrame({"movie_id": range(6), "title": [*FILMS], "genres": [*FILMS.values()]})
    ratings = pd.DataFrame({"user_id": 1, "movie_id": range(6), "rating": 4.0})
    return RatingMatrix.from_frame(ratings, movies.assign(release_year=1990))


def test_another_title_in_brackets_is_foreign_unless_it_is_a_year_or_only_also_known_as(six):
    assert foreign(six).tolist() == FOREIGN


def test_a_kind_is_a_genre_or_foreign(six):
    found = kinds(six)
    assert np.array_equal(found[:, :-1], six.genre_flags)
    assert found[:, -1].tolist() == FOREIGN


def test_foreign_kinds_are_both(six):
    found = pd.DataFrame(foreign_kinds(six).toarray(), columns=six.genre_names)
    assert found["Drama"].tolist() == [1, 1, 0, 0, 0, 0]
    assert found["Fantasy"].tolist() == [1, 0, 0, 0, 1, 0]
    assert not found["Crime"].any()


def test_time_fades_within_twenty_years():
    found = of_one_time(np.array([1930.0, np.nan]), np.array([1930, 1935, 1910, 1990, np.nan]))
    assert found[0] == pytest.approx([1, 0.75, 0, 0, 0])
    assert not found[1].any()
