"""What the cards of a taste say."""

import pandas as pd
import pytest
from dash import html

import app  # noqa: F401  links are made below the app's prefix
from dashboard.rated_words import RatedWords
from dashboard.recommend.taste_cards import kinds, themes, twins

COLUMNS = ["decade", "favour", "average", "share", "usual_share"]


def decades(*rows: list) -> list:
    return kinds(pd.DataFrame(rows, columns=COLUMNS), "decade", "Decades", RatedWords()).children


@pytest.mark.parametrize(
    ("favour", "said"), [(-0.375, "−0.38"), (0.5, "+0.50"), (-0.004, "0.00"), (0.0, "0.00")]
)
def test_a_difference_has_its_sign_unless_it_is_none(favour, said):
    table = decades([1990, favour, 3.5, 0.6, 0.4])[-1].children
    cells = table.children[1].children[0].children
    assert [cell.children for cell in cells] == ["1990s", said, "3.50", "60%", "40%"]


def test_where_no_decade_has_enough_films_that_is_said():
    title, said = decades()
    assert title.children == "Decades"
    assert said.children == "No decade has enough of these films to tell; each rating helps."


@pytest.mark.parametrize(("whose", "whom"), [("Your", "you"), ("User 15’s", "user 15")])
def test_twins_are_told_of_the_person(whose, whom):
    about = twins([], {}, whose, html.P(), RatedWords()).children[1].children
    assert (
        about == f"The users who rate most like {whom}, and what they love that is new to {whom}."
    )


THEMES = ["name", "movie_ids", "own", "others"]


def test_themes_stand_beside_everybodys():
    rows = pd.DataFrame([("Horror", (1, 2), 0.75, 0.25)], columns=THEMES)
    films = {1: {"title": "Thing, The"}}
    _, about, table = themes(rows, films, "Your", html.P()).children
    assert "expects of you lies" in about.children
    head, body = table.children.children
    assert [cell.children for cell in head.children.children] == ["Theme", "You", "Everybody"]
    name, own, others = body.children[0].children
    assert [part if isinstance(part, str) else part.children for part in name.children] == [
        "Horror",
        "The Thing",
    ]
    assert [cell.children[1].children for cell in (own, others)] == ["75%", "25%"]


def test_where_no_film_is_in_a_theme_that_is_said():
    said = themes(pd.DataFrame(columns=THEMES), {}, "User 15’s", html.P()).children[-1]
    assert said.children == "None of these films is in a theme."
    waiting = html.P("waiting")
    assert themes(None, {}, "User 15’s", waiting).children[-1] is waiting
