"""Where a taste lies on a map, in a small world whose groups are known."""

import numpy as np
import pytest

from recommender.models.base import Recommender
from recommender.models.nmf import NMFRecommender
from recommender.serving.map_place import map_place
from recommender.serving.taste_map import TasteMap


@pytest.fixture
def model(checkerboard) -> Recommender:
    """Users like films of one kind, even or odd, and no others."""
    return NMFRecommender(n_factors=2).fit(checkerboard)


@pytest.fixture
def films(checkerboard) -> TasteMap:
    """Even films in a row below, odd ones above; the last of each row far at the right."""
    movies = checkerboard.movie_ids
    places = np.array([(place / len(movies), movie % 2) for place, movie in enumerate(movies)])
    return TasteMap(movies, places)


def kinds(movies: list[int]) -> set[int]:
    return {movie % 2 for movie in movies}


@pytest.mark.parametrize("kind", [0, 1])
def test_who_likes_one_kind_stands_amid_it(films, model, kind):
    one, two = [movie for movie in films.movie_ids.tolist() if movie % 2 == kind][:2]
    other = next(movie for movie in films.movie_ids.tolist() if movie % 2 != kind)
    near = map_place(films, model, {one: 5.0, two: 4.0, other: 1.0})
    assert kinds(near[:5]) == {kind}
    assert len(near) == len(set(near)) == 10


def test_the_first_is_in_the_middle_of_the_ten(films, model):
    liked = [movie for movie in films.movie_ids.tolist() if movie % 2 == 0][:3]
    near = map_place(films, model, dict.fromkeys(liked, 4.0))
    at = dict(zip(films.movie_ids.tolist(), films.positions, strict=True))
    middle = np.median([at[movie] for movie in near], axis=0)
    away = [np.linalg.norm(at[movie] - middle) for movie in near]
    assert away[0] == min(away)


def test_only_of_the_films_that_are_shown(films, model):
    few = films.movie_ids[:4].tolist()
    assert set(map_place(films, model, {few[0]: 5.0}, few)) == set(few)
    assert map_place(films, model, {few[0]: 5.0}, []) == []


@pytest.mark.parametrize("profile", [{}, {-7: 5.0}, "disliked"])
def test_who_likes_nothing_that_is_known_stands_nowhere(films, model, profile):
    if profile == "disliked":
        profile = {int(films.movie_ids[0]): 1.0, int(films.movie_ids[1]): 2.0}
    assert map_place(films, model, profile) == []
