import numpy as np
import pandas as pd
import pytest

from dashboard.figures.others import Others
from dashboard.figures.polarising_scatter import MOVED, SHOWN, polarising_movies
from dashboard.theme import LIGHT
from tests.dashboard.figures.validated import validated


def films(n: int) -> pd.DataFrame:
    """Films 0 to n − 1, the most polarising first, every seventh of them well known."""
    ids = np.arange(n)
    return pd.DataFrame(
        {
            "movie_id": ids,
            "title": "A film",
            "release_year": pd.Series([1990] * n, dtype="Int64"),
            "genres": "",
            "ratings": np.where(ids % 7 == 0, 1000 + ids, 50),
            "average_rating": 3.0,
            "standard_deviation": np.linspace(1.5, 0.5, n),
            "low_share": 0.2,
            "high_share": 0.4,
        }
    )


def drawn(n: int) -> list[int]:
    return [film[4] for film in validated(polarising_movies(films(n), LIGHT)).data[0].customdata]


def test_all_films_are_drawn_as_far_as_a_page_bears_it():
    assert drawn(SHOWN) == list(range(SHOWN))


def test_of_very_many_films_the_ends_and_the_best_known_are_drawn():
    n, end = 10 * SHOWN, SHOWN // 4
    shown = drawn(n)
    assert len(shown) == SHOWN
    assert shown[:end] == list(range(end)) and shown[-end:] == list(range(n - end, n))
    assert all(film % 7 == 0 for film in shown[end:-end])
    assert shown == sorted(shown)


def test_the_chosen_film_is_drawn_and_stands_out():
    n, film = 10 * SHOWN, 5001
    new = validated(polarising_movies(films(n), LIGHT, movie=film)).data[0]
    shown = [each[4] for each in new.customdata]
    assert shown == sorted({*drawn(n), film})
    widest = max(new.marker.line.width)
    assert [film] == [
        each for each, width in zip(shown, new.marker.line.width, strict=True) if width == widest
    ]


def test_the_axis_begins_where_films_do_and_names_have_more_than_half_of_it():
    rows = films(40).assign(average_rating=np.linspace(2.5, 4.5, 40))
    new = validated(polarising_movies(rows, LIGHT))
    low, high = new.layout.xaxis.range
    assert 2 < low < 2.5 and 4.5 < high < 5
    names = new.layout.annotations
    assert {name.xanchor for name in names if name.x < 3.5} == {"left"}
    assert {name.xanchor for name in names if name.x > 3.5} == {"right"}


def test_by_agreement_the_least_is_at_the_top():
    rows = films(40).assign(agreement=np.linspace(0.9, -0.4, 40))
    new = validated(polarising_movies(rows, LIGHT, order="agreement"))
    assert new.data[0].y[0] == -0.4 and new.data[0].customdata[0][4] == 39
    low, high = new.layout.yaxis.range
    assert low > 0.9 and high < -0.4
    assert min(name.ay for name in new.layout.annotations) < -0.4


def test_films_that_moved_are_joined_to_where_they_are_under_a_second_set():
    rows = films(100).assign(ratings=100)
    there = rows.assign(standard_deviation=rows["standard_deviation"] + 0.01)
    there.loc[there["movie_id"].isin([7, 50]), "standard_deviation"] += 0.5
    second = Others(there[there["movie_id"] != 8], "this", "<that>")
    new = validated(polarising_movies(rows, LIGHT, movie=93, others=second))
    bubbles, named, lines, rings = new.data
    assert len(bubbles.x) == 100 and (named.name, rings.name) == ("this", "&lt;that&gt;")
    assert len(rings.x) == MOVED + 1, "the chosen film as well"
    joined = np.asarray(lines.y, dtype=float).reshape(-1, 3)
    apart = joined[:, 0] - joined[:, 1]
    assert np.isnan(joined[:, 2]).all() and sorted(apart)[-2:] == pytest.approx([0.51, 0.51])
    low, high = new.layout.yaxis.range
    assert low < min(rings.y) and max(rings.y) <= high


def test_few_ratings_do_not_move_a_film_far():
    rows = films(100).assign(ratings=np.where(np.arange(100) < 50, 50, 5000))
    moves = np.where(np.arange(100) < 50, 0.3, 0.1)
    there = rows.assign(standard_deviation=rows["standard_deviation"] - moves)
    new = validated(polarising_movies(rows, LIGHT, others=Others(there, "this", "that")))
    assert {ratings for _, ratings in new.data[3].customdata} == {5000}
