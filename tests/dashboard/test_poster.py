from urllib.parse import unquote
from xml.etree import ElementTree

import pytest

from dashboard.poster import GENRE_COLOURS, NO_GENRE, poster


def picture(tile) -> str:
    return unquote(
        tile.style["backgroundImage"].removeprefix('url("data:image/svg+xml,').removesuffix('")')
    )


def test_a_tile_has_the_colours_of_its_first_two_genres():
    drawn = picture(poster("Heat", 1995, "Action|Crime|Thriller"))
    assert GENRE_COLOURS["Action"] in drawn
    assert GENRE_COLOURS["Crime"] in drawn
    assert GENRE_COLOURS["Thriller"] not in drawn
    assert NO_GENRE in picture(poster("Heat", None, ""))


@pytest.mark.parametrize("number", range(30))
def test_every_pattern_is_an_svg(number):
    ElementTree.fromstring(picture(poster(f"Film {number}", 2000, "Drama")))


def test_the_same_film_looks_the_same_always():
    assert picture(poster("Heat", 1995, "Action")) == picture(poster("Heat", 1995, "Action"))


@pytest.mark.parametrize("title", ["<script>&\"'", "\ud800", "é" * 300, ""])
def test_hostile_titles_stay_text(title):
    ElementTree.fromstring(picture(poster(title, 1995, "Drama")))
