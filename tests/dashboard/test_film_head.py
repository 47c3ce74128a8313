import pandas as pd
import pytest

import app
from dashboard.film_head import RANKED, earned_ranks, film_tags
from db.filters.rating_filters import RatingFilters

RANKS = pd.DataFrame({"genre": ["Action", "Drama"], "rank": [466, 12], "movies": [1543, 4328]})


@pytest.fixture(autouse=True)
def prefix():
    assert app.app, "links know the app's prefix"


def test_a_film_of_few_ratings_has_no_rank():
    (said,) = earned_ranks(RANKED - 1, RANKS)
    assert "Too few ratings to rank" in said.children


def test_a_film_of_enough_ratings_has_its_rank_in_every_genre():
    places = [item.children[0].children for item in earned_ranks(RANKED, RANKS)]
    assert places == ["No. 466", "No. 12"]


def test_each_tag_leads_to_its_films_under_the_filters():
    kept = RatingFilters(genres=("Comedy",), tags=("other",))
    (link,) = (
        item.children for item in film_tags([("space, and time", 3)], kept).children[1].children
    )
    assert link.children == "space, and time"
    assert link.href == "/films?genres=Comedy&tag=space,%20and%20time"
    assert link.title == "Given by 3 users: films with this tag"


def test_a_film_without_tags_says_nothing_of_tags():
    assert film_tags([], RatingFilters()) is None
