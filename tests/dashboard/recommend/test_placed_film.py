"""A film in a list is written as it stands, however often others of its name were."""

import json
from dataclasses import replace

import pytest
from dash import dcc, html
from dash._utils import to_json

import app  # noqa: F401  links are made below the app's prefix
from dashboard.rated_words import RatedWords
from dashboard.recommend.placed_film import placed_film
from dashboard.state.written import written
from db.store.original_scale import OriginalScale
from recommender.serving.shelves import Recommendation

RAN = Recommendation(9, "Ran (1985)", 1985, "Drama|War", 4.0, 10, (), ())
NAMESPACES = {"dash_html_components": html, "dash_core_components": dcc}
STARS, TEN = RatedWords(), RatedWords(OriginalScale(1.0, 10.0, 1.0))


def text(film=RAN, place=1, why="", imdb_id="tt1", words=STARS) -> str:
    found = placed_film(place, film, html.Div("expected"), why, imdb_id, words)
    return json.dumps(json.loads(to_json(written(found))), ensure_ascii=False)


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"film": replace(RAN, movie_id=10)}, "/films/10"),
        ({"film": replace(RAN, title="Kagemusha")}, "Kagemusha"),
        ({"film": replace(RAN, release_year=None)}, 'release_year\\": null'),
        ({"film": replace(RAN, genres="Horror")}, "Horror"),
        ({"film": replace(RAN, average_rating=3.2)}, "3.20 ★ average of 10 ratings"),
        ({"film": replace(RAN, ratings=11)}, "4.00 ★ average of 11 ratings"),
        ({"place": 2}, '"children": 2,'),
        ({"why": "Because"}, "Because"),
        ({"imdb_id": "tt2"}, "tt2"),
        ({"words": TEN}, "8.00 of 10 average"),
    ],
)
def test_what_differs_is_told_apart(other, said):
    usual = text()
    assert said not in usual and said in text(**other) and text() == usual


def test_it_is_a_picture_with_the_place_and_all_that_is_said_of_the_film():
    item = json.loads(text(why="Because you rated Heat"))
    placed, told = item["props"]["children"]
    assert [placed["props"]["className"], item["type"]] == ["placed", "Li"]
    classes = [each and each["props"].get("className") for each in told["props"]["children"]]
    assert classes == [
        "shelf-title", None, "muted small", "muted small figures", "small why", "film-marks",
    ]  # fmt: skip


def test_every_part_is_one_that_dash_has():
    """Those that are made without Dash's checks as well."""

    def check(part):
        if isinstance(part, list):
            return [check(each) for each in part]
        if isinstance(part, dict):
            kind = getattr(NAMESPACES[part["namespace"]], part["type"])
            return kind(check(part["props"].pop("children")), **part["props"])
        return part

    assert check(json.loads(text(why="Because"))).children
