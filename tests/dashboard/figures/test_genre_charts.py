"""Heat map and points by genre: what is chance is seen to be."""

import numpy as np
import pandas as pd
import pytest

from dashboard.figures.genre_charts import (
    FEW,
    genre_by_decade,
    movies_by_genre,
    ratings_by_genre,
)
from dashboard.theme import DARK, LIGHT
from tests.dashboard.figures.validated import validated


def cells(*ratings: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "genre": "Drama",
            "decade": [1900 + 10 * n for n in range(len(ratings))],
            "ratings": ratings,
            "average_rating": [4.5, 3.46, 3.72][: len(ratings)],
        }
    )


def test_cells_of_few_ratings_are_pale_and_say_how_many():
    firm, few = validated(genre_by_decade(cells(FEW - 1, FEW, 5000), LIGHT)).data
    assert np.array_equal(firm.z, [[np.nan, 3.46, 3.72]], equal_nan=True)
    assert np.array_equal(few.z, [[4.5, np.nan, np.nan]], equal_nan=True)
    assert few.opacity < firm.opacity
    assert [list(row) for row in few.text] == [[str(FEW - 1), "", ""]]


def test_cells_of_few_ratings_do_not_set_the_colours():
    firm, few = validated(genre_by_decade(cells(FEW - 1, FEW, 5000), DARK)).data
    assert (firm.zmin, firm.zmax) == (few.zmin, few.zmax) == (3.4, 3.8)


def test_where_all_cells_have_few_ratings_they_set_the_colours():
    assert validated(genre_by_decade(cells(1, 2), DARK)).data[0].zmax == 4.5


def test_averages_have_their_intervals():
    rows = pd.DataFrame(
        {"genre": ["Drama", "Noir"], "ratings": [9, 4], "average_rating": [3.5, 3.0]}
    ).assign(low=[3.4, 2.5], high=[3.6, 3.5])
    [points] = validated(ratings_by_genre(rows, LIGHT)).data
    assert list(points.y) == ["Noir", "Drama"]
    assert np.allclose(points.error_x.array, [0.5, 0.1])
    assert np.allclose(points.error_x.arrayminus, [0.5, 0.1])


def test_chosen_genres_stand_out():
    rows = pd.DataFrame({"genre": ["Drama", "War"], "movies": [9, 4]})
    assert list(validated(movies_by_genre(rows, LIGHT)).data[0].marker.opacity) == [1, 1]
    strong = dict(
        zip(*_drawn(validated(movies_by_genre(rows, LIGHT, genres=("War",)))), strict=True)
    )
    assert strong["War"] == 1 and strong["Drama"] < 0.5


def _drawn(figure):
    return figure.data[0].y, figure.data[0].marker.opacity


@pytest.mark.parametrize(
    "drawn",
    [
        genre_by_decade(cells(1, FEW).assign(genre="100%"), LIGHT),
        movies_by_genre(pd.DataFrame({"genre": ["100%"], "movies": [9]}), LIGHT),
        ratings_by_genre(
            pd.DataFrame({"genre": ["1980"], "ratings": [9], "average_rating": [3.5]}).assign(
                low=3.4, high=3.6
            ),
            LIGHT,
        ),
    ],
)
def test_a_genre_like_a_number_is_a_name(drawn):
    """Else Plotly makes the axis one of numbers, and the others' heights NaN."""
    assert validated(drawn).layout.yaxis.type == "category"
