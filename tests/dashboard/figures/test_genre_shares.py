import numpy as np
import pandas as pd

from dashboard.figures.genre_shares import (
    NAMED,
    PANELS,
    apart,
    firm_shares,
    genre_share_by_year,
    other_genre_shares,
)
from dashboard.theme import LIGHT


def rows(totals: dict[int, int], genres: int = 8) -> pd.DataFrame:
    """Years of so many ratings, all of genre 0, fewer of each further one."""
    each = [
        (year, f"Genre {genre:02}", total // (1 + genre), (total // (1 + genre)) / total)
        for year, total in totals.items()
        for genre in range(genres)
        if total // (1 + genre)
    ]
    return pd.DataFrame(each, columns=["year", "genre", "ratings", "share"])


def test_the_years_begin_where_ratings_are_enough_and_a_year_of_few_is_a_gap():
    shares = firm_shares(rows({1995: 3, 1996: 400, 1997: 29, 1998: 30, 1999: 7}))
    assert list(shares.index) == [1996, 1997, 1998]
    assert list(shares.isna().all(axis=1)) == [False, True, False]


def test_every_year_is_drawn_where_none_has_enough():
    assert list(firm_shares(rows({1995: 3, 1997: 7})).index) == [1995, 1996, 1997]


def test_each_line_is_named_at_its_end_and_names_lie_apart():
    drawn = genre_share_by_year(rows({1996: 400, 1997: 900}, genres=9), LIGHT)
    names = drawn.layout.annotations
    assert [name.text for name in names] == [f"<b>Genre {genre:02}</b>" for genre in range(NAMED)]
    heights = np.array([name.y for name in names]) / drawn.layout.yaxis.range[1]
    assert np.abs(np.diff(heights)).min() > 0.045
    assert {name.font.color for name in names} == {line.line.color for line in drawn.data}


def test_the_other_genres_have_panels_of_one_scale():
    many = NAMED + PANELS + 4
    drawn = other_genre_shares(rows({1996: 4000, 1997: 9000}, genres=many), LIGHT)
    shown = [line.name for line in drawn.data]
    assert shown == [f"Genre {genre:02}" for genre in range(NAMED, NAMED + PANELS)]
    axes = [axis for name, axis in drawn.layout.to_plotly_json().items() if "yaxis" in name]
    assert len(axes) == PANELS and len({tuple(axis["range"]) for axis in axes}) == 1


def test_few_genres_have_panels_as_well():
    assert len(other_genre_shares(rows({1996: 400}, genres=2), LIGHT).data) == 2


def test_heights_are_moved_apart_and_keep_their_order():
    moved = apart(np.array([0.5, 0.52, 0.1, 0.51]), 0.05)
    assert np.diff(np.sort(moved)).min() > 0.049
    assert list(np.argsort(moved)) == [2, 0, 3, 1]
    assert moved[2] == 0.1
