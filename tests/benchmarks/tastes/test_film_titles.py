import pandas as pd
import pytest

from benchmarks.tastes.film_titles import FilmTitles, plain
from recommender.data.rating_matrix import RatingMatrix


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Kid, The (1921)", "the kid"),
        ("The Kid", "the kid"),
        ("Castle in the Sky (Tenkû no shiro Rapyuta) (1986)", "castle in the sky"),
        ("Nausicaä", "nausicaa"),
        ("8 1/2 (8½) (1963)", "8 1 2"),
        ("Schindler's List", "schindler s list"),
        ("Dolce Vita, La (1960)", "la dolce vita"),
        ("You've Got Mail (1998)", "you ve got mail"),
    ],
)
def test_a_title_is_the_same_however_it_is_written(written, expected):
    assert plain(written) == expected


@pytest.fixture
def titles():
    """Two films called Metropolis, one of them in the dataset twice, the second better known."""
    ratings = [(1, 10), (1, 20), (1, 30), (2, 30)]
    names = ["Metropolis (1927)", "Metropolis (2001)", "Metropolis (2001)"]
    movies = pd.DataFrame(
        {"movie_id": [10, 20, 30], "title": names, "release_year": [1927, 2001, 2001]}
    )
    frame = pd.DataFrame(ratings, columns=["user_id", "movie_id"]).assign(rating=4.0)
    return FilmTitles(RatingMatrix.from_frame(frame, movies))


def test_films_are_told_apart_by_year_and_the_better_known_is_meant(titles):
    assert titles.column("Metropolis", 1927) == 0
    assert titles.column("Metropolis", 2001) == 2
    assert titles.column("Metropolis", 1999) is None
    assert titles.columns([("Metropolis", 1927), ("Alien", 1979)]).tolist() == [0]


def test_named_films_begin_with_the_words(titles):
    assert titles.named(["Metro", "Alien"]).tolist() == [True] * 3
    assert titles.named(["Alien"]).tolist() == [False] * 3
