"""What the bars of a spread say."""

import pandas as pd

from dashboard.figures.others import Others
from dashboard.figures.star_bars import movie_by_stars, rating_distribution
from dashboard.theme import LIGHT
from tests.dashboard.figures.validated import validated


def test_few_are_not_none():
    rows = pd.DataFrame({"stars": [1.0, 2.0, 3.0], "ratings": [0, 1, 999]})
    rows["share"] = rows["ratings"] / 1000
    (bars,) = validated(rating_distribution(rows, LIGHT)).data
    assert list(bars.text) == ["0%", "<1%", "100%"]


def test_a_line_of_its_genres_lies_over_a_films_bars():
    bars, line = validated(movie_by_stars(FILM, LIGHT)).data
    assert list(bars.y) == [0, 1]
    assert list(line.y) == [0.25, 0.75] and line.name == "Films of its genres"


def test_a_film_of_no_genre_stands_alone():
    alone = FILM.assign(genres_ratings=0, genres_share=float("nan"))
    assert len(validated(movie_by_stars(alone, LIGHT)).data) == 1


def test_of_two_sets_both_are_the_films_own():
    of_two = movie_by_stars(FILM, LIGHT, Others(FILM, "comedies", "all ratings"))
    assert [trace.name for trace in validated(of_two).data] == ["comedies", "all ratings"]


FILM = pd.DataFrame(
    {
        "stars": [1.0, 2.0],
        "ratings": [0, 5],
        "share": [0.0, 1.0],
        "genres_ratings": [10, 30],
        "genres_share": [0.25, 0.75],
    }
)
