import numpy as np
import pandas as pd
import pytest

from dashboard.figures import film_map as module
from dashboard.figures.film_map import taste_map
from dashboard.theme import LIGHT
from tests.dashboard.figures.validated import validated


@pytest.fixture
def rows() -> pd.DataFrame:
    """A hundred films on a grid of ten by ten, film 0 the most rated, half comedies."""
    number = np.arange(100)
    return pd.DataFrame(
        {
            "movie_id": number,
            "title": [f"Film {i} (a.k.a. Movie {i})" for i in number],
            "release_year": pd.array([2000] * 100, dtype="Int64"),
            "genres": ["Comedy|Drama" if i % 2 else "Drama" for i in number],
            "ratings": 200 - number,
            "average_rating": 2 + number / 50,
            "x": number % 10 / 9,
            "y": number // 10 / 9,
        }
    )


def traces(figure) -> dict:
    return {trace.name: trace for trace in figure.data}


def test_a_film_has_the_colour_of_its_rarest_genre(rows):
    rows.loc[0, "genres"] = ""
    found = traces(validated(taste_map(rows, LIGHT)))
    assert {name: len(trace.x) for name, trace in found.items() if name != "names"} == {
        "Other": 1,
        "Drama": 49,
        "Comedy": 50,
    }
    assert len({trace.marker.color for trace in found.values()}) > 2


def test_by_rating_is_one_scale(rows):
    found = validated(taste_map(rows, LIGHT, colour="rating")).data[0]
    assert np.array_equal(found.marker.color, rows["average_rating"])


def test_the_whole_map_and_the_part_that_at_names(rows):
    assert validated(taste_map(rows, LIGHT)).layout.xaxis.range == pytest.approx((-0.03, 1.03))
    near = validated(taste_map(rows, LIGHT, at=(0.0, 0.0, 5.3), colour="rating"))
    assert near.layout.yaxis.range == pytest.approx((-0.1, 0.1))
    assert near.data[0].customdata[0][0] == 0 and len(near.data[0].x) == 1


def test_only_so_many_films_are_drawn_and_more_on_zooming(rows, monkeypatch):
    monkeypatch.setattr(module, "SHOWN", 20)
    assert [
        film[0] for film in validated(taste_map(rows, LIGHT, colour="rating")).data[0].customdata
    ] == list(range(20))
    near = validated(taste_map(rows, LIGHT, colour="rating", at=(0.5, 1.0, 5.3))).data[0]
    assert all(film[0] >= 90 for film in near.customdata)


def test_what_is_found_is_centred_ringed_and_named_first(rows):
    figure = validated(
        taste_map(rows, LIGHT, marks={"found": [44, 57], "rated": [3], "recommended": []})
    )
    assert np.mean(figure.layout.xaxis.range) == pytest.approx(4 / 9)
    assert np.mean(figure.layout.yaxis.range) == pytest.approx(4 / 9)
    found = traces(figure)
    assert len(found["Found"].x) == 2 and len(found["Rated"].x) == 1
    assert "For you" not in found
    assert found["names"].text[0] == "<b>Film 44</b>"


@pytest.mark.parametrize(("user", "who"), [(None, "You"), (15, "User 15")])
def test_a_person_stands_at_a_film_by_name(rows, user, who):
    found = traces(validated(taste_map(rows, LIGHT, marks={"place": [44]}, user=user)))
    assert (found[who].x[0], found[who].y[0]) == pytest.approx((4 / 9, 4 / 9))
    assert list(found["place"].text) == [f"<b>{who}</b>"]
    assert found["place"].x == pytest.approx(found[who].x)
    assert "place" not in traces(validated(taste_map(rows, LIGHT, user=user)))


def test_a_theme_is_named_where_most_of_its_films_stand(rows):
    rows.attrs["regions"] = {
        "Corner": [0, 1, 2, 10, 11, 99],
        "Few": [44, 45],
        "A < B": range(50, 60),
    }
    found = traces(validated(taste_map(rows, LIGHT)))["regions"]
    assert list(found.text) == ["Corner", "A &lt; B"]
    assert (found.x[0], found.y[0]) == pytest.approx((1 / 9, 0))


def test_a_part_without_films_is_empty(rows):
    assert len(validated(taste_map(rows, LIGHT, at=(2.0, 2.0, 10.0))).data) == 0
