import sys

import pandas as pd

import app  # noqa: F401  pages are registered with an app

film = sys.modules["dashboard.pages.film"]

RANKS = pd.DataFrame({"genre": ["Action", "Drama"], "rank": [466, 12], "movies": [1543, 4328]})


def test_a_film_of_few_ratings_has_no_rank():
    (said,) = film.earned_ranks(film.RANKED - 1, RANKS)
    assert "Too few ratings to rank" in said.children


def test_a_film_of_enough_ratings_has_its_rank_in_every_genre():
    places = [item.children[0].children for item in film.earned_ranks(film.RANKED, RANKS)]
    assert places == ["No. 466", "No. 12"]
