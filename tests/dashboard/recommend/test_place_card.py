"""What the card of a person's place shows and where it leads."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest

import app  # noqa: F401  links are made below the app's prefix
from dashboard.recommend.place_card import Place, place_card, place_svg

TITLES = {
    movie: {"movie_id": movie, "title": f"F{movie}", "release_year": 1990} for movie in (7, 8)
}
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def place() -> Place:
    return Place((0.25, 1.0), (7, 8), np.array([(0.0, 0.0), (1.0, 1.0)]), np.array([(0.25, 1.0)]))


def links(card) -> list[str]:
    return re.findall(r"href='([^']*)'", str(card))


def test_it_names_the_films_around_and_leads_to_the_map(place):
    card = place_card(place, TITLES, "User 15’s", 15)
    assert "User 15 stands amid the ten that are most like what they liked" in str(card)
    assert links(card) == ["/films/7", "/films/8", "/map?at=0.250,1.000,4&user=15"]
    assert links(place_card(place, TITLES, "Your", None))[-1] == "/map?at=0.250,1.000,4"


def test_the_picture_has_the_map_upright(place):
    drawn = ElementTree.fromstring(place_svg(place, "You"))
    films, liked = (path.get("d") for path in drawn.findall(f"{SVG}path"))
    assert films == "M16 384h0M584 16h0" and liked == "M158 16h0"
    circle = drawn.find(f"{SVG}circle")
    assert (circle.get("cx"), circle.get("cy")) == ("158", "16")
    assert drawn.find(f"{SVG}text").text == "You"


@pytest.mark.parametrize(("x", "anchor"), [(0.0, "start"), (0.99, "end")])
def test_a_name_stays_within_the_picture(place, x, anchor):
    drawn = ElementTree.fromstring(place_svg(replace(place, at=(x, 0.5)), "User 15"))
    assert drawn.find(f"{SVG}text").get("text-anchor") == anchor


def test_until_there_is_a_map_and_where_nothing_is_known(place):
    assert "still learning" in str(place_card(None, {}, "Your", None))
    nowhere = place_card(replace(place, near=()), {}, "Your", None)
    assert "No film that you liked is on the map." in str(nowhere)
