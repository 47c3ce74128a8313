"""The card that is shared: it is XML whatever films are called, and says what the page says."""

from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from dashboard.rated_words import RatedWords
from dashboard.recommend.share_card import HEIGHT, WIDTH, card_svg, share_card
from db.store.original_scale import OriginalScale
from recommender.taste.portrait import Interval, Portrait

NAMES = ["movie_id", "title", "release_year", "stars", "others", "rarity"]


def taste(title: str = "Heat", genres: list[tuple[str, float]] | None = None) -> Portrait:
    spread = np.array([0, 0, 0, 0, 0, 0, 0, 0.5, 0.25, 0.25])
    favoured = [("War", 0.4), ("Drama", 0.1), ("Horror", -0.5)] if genres is None else genres
    opinions = pd.DataFrame([[1, title, 1995, 1.0, 4.1, 0.02]], columns=NAMES)
    kinds = pd.DataFrame(favoured, columns=["genre", "favour"])
    numbers = (4, 4.38, 3.9, Interval(0.48, 0.2, 0.7))
    return Portrait(*numbers, spread, spread[::-1], 0.5, 0.4, opinions, kinds, kinds)


def texts(svg: str) -> list[str]:
    return [each.text for each in ElementTree.fromstring(svg).iter() if each.text]


def test_it_says_whose_taste_it_is_what_it_favours_and_the_rarest_opinion():
    said = texts(card_svg(taste(), "My", RatedWords()))
    assert said[:2] == [
        "My taste in films",
        "4 films · 4.38 ★ on average, 0.48 more than others give",
    ]
    assert {"War  +0.40 ★", "Drama  +0.10 ★", "Heat (1995)", "1 ★, others 4.10"} <= set(said)
    assert not any("Horror" in each for each in said)


@pytest.mark.parametrize("title", ["<b>&\"'</b>", "\x00\x0bBell", "Long " * 50, "風の谷のナウシカ"])
def test_titles_of_all_kinds_leave_it_whole(title):
    root = ElementTree.fromstring(card_svg(taste(title), "User 15’s", RatedWords()))
    assert (root.get("width"), root.get("height")) == (str(WIDTH), str(HEIGHT))
    assert all(len(each) < 70 for each in texts(card_svg(taste(title), "My", RatedWords())))


def test_bars_are_as_high_as_their_shares():
    root = ElementTree.fromstring(card_svg(taste(), "My", RatedWords()))
    own = [each for each in root.iter() if each.get("rx")]
    assert [round(float(each.get("height"))) for each in own] == [0] * 7 + [210, 105, 105]


def test_what_is_seen_is_said_to_the_ear():
    image = share_card(taste(genres=[]), "Your", RatedWords()).children[2]
    assert image.alt.startswith("My taste in films: 4 films") and "Heat (1995)" in image.alt
    assert "favours" not in image.alt


def test_it_speaks_in_the_numbers_of_the_datasets_scale():
    said = " ".join(texts(card_svg(taste(), "My", RatedWords(OriginalScale(1.0, 10.0, 1.0)))))
    assert "of 10 on average" in said and "★" not in said and "Ratings; lines" in said
