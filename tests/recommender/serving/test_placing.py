import pandas as pd
import pytest

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.popularity import PopularityRecommender
from recommender.serving.placing import placing

PROFILE = {1: 5.0}


@pytest.fixture
def popularity() -> PopularityRecommender:
    """Five films with 5, 4, 3, 2, 1 ratings, so that the list is 2, 3, 4, 5 for who rated 1."""
    ratings = [(user, film, 3.0) for film in range(1, 6) for user in range(6 - film)]
    films = pd.DataFrame(
        {
            "movie_id": range(1, 6),
            "title": list("ABCDE"),
            "release_year": [1990, 1991, 2001, 1992, 2002],
            "genres": ["Drama", "Drama", "Comedy", "Comedy", ""],
        }
    )
    frame = pd.DataFrame(ratings, columns=["user_id", "movie_id", "rating"])
    return PopularityRecommender().fit(RatingMatrix.from_frame(frame, films))


@pytest.mark.parametrize(
    ("movie", "choices", "expected"),
    [
        (2, {}, (1, 4, "")),
        (4, {}, (3, 4, "")),
        (1, {}, (1, 4, "rated")),
        (4, {"hidden": [4]}, (3, 3, "hidden")),
        (4, {"preference": "new"}, (2, 2, "unwanted")),
        (4, {"genres": ["Comedy"]}, (2, 2, "")),
        (2, {"genres": ["Comedy"]}, (1, 2, "unwanted")),
        (4, {"without": ["Drama"]}, (2, 3, "")),
        (2, {"without": ["Drama"]}, (1, 3, "unwanted")),
    ],
)
def test_where_a_film_stands(popularity, movie, choices, expected):
    found = placing(popularity, PROFILE, movie, **choices)
    assert (found.place, found.among, found.obstacle) == expected
    assert found.film.movie_id == movie


def test_a_film_that_the_model_does_not_know_has_no_place(popularity):
    assert placing(popularity, PROFILE, 99) is None
