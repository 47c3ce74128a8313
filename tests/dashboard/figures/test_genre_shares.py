"""The lines and small areas of genres' shares."""

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.genre_shares import FEW, NAMED, apart, genre_share_by_year
from dashboard.figures.others import Others
from dashboard.theme import LIGHT
from tests.dashboard.figures.validated import validated

GENRES = [f"Genre {n}" for n in range(9)]


def shares(totals: dict[int, int], genres=GENRES) -> pd.DataFrame:
    """Of years with so many ratings: the first genre has half of them, the next a third, …"""
    return pd.DataFrame(
        [
            (year, genre, total // (place + 2), (total // (place + 2)) / total)
            for year, total in totals.items()
            for place, genre in enumerate(genres)
        ],
        columns=["year", "genre", "ratings", "share"],
    )


def test_years_of_few_ratings_are_left_out():
    rows = shares({1995: FEW - 1, 1996: FEW, 1997: 9000})
    drawn = validated(genre_share_by_year(rows, LIGHT)).data[0]
    assert list(drawn.x) == [1996, 1997]
    assert np.allclose(drawn.y, 0.5)


def test_where_all_years_have_few_ratings_they_are_shown():
    assert list(validated(genre_share_by_year(shares({1995: 24, 1996: 48}), LIGHT)).data[0].x) == [
        1995,
        1996,
    ]


def test_the_largest_are_lines_that_are_named_and_the_next_are_small_areas():
    new = validated(genre_share_by_year(shares({1996: 9000, 1997: 9000}), LIGHT))
    lines = [trace for trace in new.data if trace.mode == "lines+markers"]
    assert [line.name for line in lines] == GENRES[:NAMED]
    names, areas, headings = new.data[NAMED:]
    assert {text.strip() for text in names.text} == set(GENRES[:NAMED])
    assert list(headings.text[::2]) == GENRES[NAMED:]
    assert list(headings.text[1::2]) == ["14%", "12%", "11%", "10%"]
    assert f"{GENRES[-1]} in 1997: 10.0% of the ratings" in areas.text


def test_few_genres_need_no_small_areas():
    new = validated(genre_share_by_year(shares({1996: 9000, 1997: 9000}, GENRES[:2]), LIGHT))
    assert len(new.data) == 3
    assert new.layout.yaxis.domain == (0, 1)


@pytest.mark.parametrize("seed", range(20))
def test_names_are_kept_apart_and_moved_no_further_than_needed(seed):
    random = np.random.default_rng(seed)
    places = np.sort(random.random(6))
    moved = apart(places, 0.1)
    assert (np.diff(moved) >= 0.1 - 1e-12).all()
    assert np.isclose(moved.mean(), places.mean())
    if (np.diff(places) >= 0.1).all():
        assert np.array_equal(moved, places)


def test_places_that_are_far_apart_stay():
    assert np.array_equal(apart([0.0, 0.2, 0.21, 0.6], 0.1), [0.0, 0.155, 0.255, 0.6])


def test_of_two_sets_an_area_ends_where_the_first_sets_years_do():
    these, those = shares({1996: 9000, 1998: 9000}), shares({1995: 900, 2000: 900})
    new = validated(genre_share_by_year(these, LIGHT, Others(those, "these", "those")))
    dotted = [trace for trace in new.data if trace.line.dash == "dot"]
    assert len(dotted) == NAMED + 1
    assert list(dotted[0].x) == list(range(1995, 2001))
    areas, over = (trace for trace in new.data if trace.xaxis == "x2" and trace.mode == "lines")
    if areas.fill != "toself":
        areas, over = over, areas
    inside = [x for x in areas.x if not np.isnan(x) and x < 0.5]
    beyond = [x for x in over.x if not np.isnan(x) and x < 0.5]
    assert min(beyond) < min(inside) and max(inside) < max(beyond)
