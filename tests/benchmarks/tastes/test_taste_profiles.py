import numpy as np
import pandas as pd
import pytest

from benchmarks.tastes.film_titles import FilmTitles
from benchmarks.tastes.taste_profiles import TASTES, anime, arthouse, genres, no_action, until
from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags

FILMS = [
    ("Akira (1988)", 1988, "Action|Animation"),
    ("Paranoia Agent (2004)", 2004, "Animation"),
    ("Bambi (1942)", 1942, "Animation|Children"),
    ("Persona (1966)", 1966, "Drama"),
    ("Jaws (1975)", 1975, "Drama|Thriller"),
]


@pytest.fixture
def matrix():
    """One user rates all five; film 1 alone is tagged anime."""
    names, years, listed = zip(*FILMS, strict=True)
    movies = pd.DataFrame(
        {"movie_id": range(5), "title": names, "release_year": years, "genres": listed}
    )
    tags = Tags.of([7], [1], [0], ["Anime"])
    return RatingMatrix.from_triplets(np.full(5, 7), np.arange(5), [4.0] * 5, movies, tags=tags)


@pytest.mark.parametrize(
    ("on_taste", "expected"),
    [
        (genres("Animation"), [0, 1, 2]),
        (genres("Animation", "Action"), [0]),
        (genres("Animation", "Western"), []),
        (until(1966), [2, 3]),
        (anime, [0, 1]),
        (no_action, [1, 2, 3, 4]),
    ],
)
def test_who_is_on_taste(matrix, on_taste, expected):
    assert np.flatnonzero(on_taste(matrix, FilmTitles(matrix))).tolist() == expected


def test_arthouse_is_none_of_the_most_rated(matrix, monkeypatch):
    assert not arthouse(matrix, FilmTitles(matrix)).any()
    monkeypatch.setattr("benchmarks.tastes.taste_profiles.KNOWN", 0)
    assert np.flatnonzero(arthouse(matrix, FilmTitles(matrix))).tolist() == [3]


def test_twelve_tastes_of_eight_films_or_nine():
    assert len({taste.name for taste in TASTES}) == 12
    assert {len(set(taste.films)) for taste in TASTES} <= {8, 9}
