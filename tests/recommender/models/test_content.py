from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags
from recommender.models.content import ContentRecommender, terms

FILMS = pd.DataFrame(
    {
        "movie_id": [1, 2, 3, 4],
        "title": ["Alien (1979)", "Aliens (1986)", "Alien Nation (1988)", "Up"],
        "release_year": [1979, 1986, 1988, 2009],
        "genres": ["Horror", "Action", "Action", "Children|Action"],
    }
)


@pytest.fixture
def model():
    ratings = pd.DataFrame({"user_id": 1, "movie_id": [1, 2, 3, 4], "rating": 3.0})
    return ContentRecommender().fit(RatingMatrix.from_frame(ratings, FILMS))


@pytest.mark.parametrize(
    ("title", "genres", "expected"),
    [
        (
            "Toy Story 2 (1999)",
            "Children|Comedy",
            ["genre: Children", "genre: Comedy", "toy", "story"],
        ),
        ("1984", "", ["1984"]),
        ("Amélie (Fabuleux destin d', Le) (2001)", "", ["amélie", "fabuleux", "destin", "le"]),
        ("M (1931)", "Crime", ["genre: Crime"]),
    ],
)
def test_terms_of_a_film(title, genres, expected):
    assert terms((title, genres, [])) == expected


def test_tags_are_terms_of_their_own():
    said = ["alien", "space"]
    assert terms(("Alien (1979)", "Horror", said)) == [
        *("genre: Horror", "tag: alien", "tag: space", "alien")
    ]


def test_films_called_alike_are_alike(model):
    ratings = pd.DataFrame({"user_id": [1, 2, 3, 3], "movie_id": [1, 2, 3, 4], "rating": 3.0})
    called = Tags.of([9, 9], [1, 4], [0, 0], ["Lonely ", "lonely"])
    films = RatingMatrix.from_frame(ratings, FILMS)
    tagged = ContentRecommender().fit(replace(films, tags=called))
    assert model.score({1: 5.0})[3] == 0 < tagged.score({1: 5.0})[3]


def test_hand_worked_cosine(model):
    """Film 1 is (Horror, alien), film 3 (Action, alien, nation); idf = ln(5 / (1 + films)) + 1."""
    horror, alien, action, nation = (np.log(5 / (1 + n)) + 1 for n in (1, 2, 3, 1))
    first = np.hypot(horror, alien)
    third = np.sqrt(action**2 + alien**2 + nation**2)
    scores = model.score({1: 5.0})
    assert scores == pytest.approx([1, 0, alien**2 / (first * third), 0])


def test_dislikes_count_against(model):
    assert model.score({1: 1.0})[2] < 0
    assert model.score({2: 5.0, 1: 1.0})[2] < model.score({2: 5.0})[2]


def test_films_without_any_term_are_like_none():
    films = FILMS.assign(genres=["", "", "", "Drama"], title=["M", "X", "Z", "Q"])
    ratings = pd.DataFrame({"user_id": 1, "movie_id": [1, 2, 3, 4], "rating": 3.0})
    model = ContentRecommender().fit(RatingMatrix.from_frame(ratings, films))
    assert model.score({1: 5.0}).tolist() == [0, 0, 0, 0]
    assert model.score({4: 5.0}).tolist() == pytest.approx([0, 0, 0, 1])


def test_no_film_has_any_term():
    films = FILMS.assign(genres="", title="?")
    ratings = pd.DataFrame({"user_id": 1, "movie_id": [1, 2], "rating": 3.0})
    model = ContentRecommender().fit(RatingMatrix.from_frame(ratings, films))
    assert model.score({1: 5.0}).tolist() == [0, 0]
    assert model.explain({1: 5.0}, 2) == [(1, 0.0)]
