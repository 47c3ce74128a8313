"""Answers are the same whatever the order of rows, and differ where a number does."""

import pandas as pd
import pytest

from benchmarks.scale.same import difference

OURS = pd.DataFrame(
    {
        "month": pd.to_datetime(["1970-01-01", "1971-03-01"]),
        "ratings": [3, 4],
        "average_rating": [3.5, 4.25],
    }
)
THEIRS = pd.DataFrame({"average_rating": [4.25, 3.5], "month": [14, 0], "ratings": [4.0, 3.0]})


def test_order_of_rows_and_columns_plays_no_part():
    assert difference(OURS, THEIRS, ("month",)) is None


@pytest.mark.parametrize(
    ("theirs", "said"),
    [
        (THEIRS.assign(ratings=[4, 2]), "column ratings"),
        (THEIRS.assign(month=[13, 0]), "column month"),
        (THEIRS[:1], "1 rows instead of 2"),
        (THEIRS.drop(columns="ratings"), "columns ['average_rating', 'month'] instead of"),
    ],
)
def test_a_difference_is_named(theirs, said):
    assert difference(OURS, theirs, ("month",)).startswith(said)


def test_films_are_told_apart_by_number():
    ours = pd.DataFrame({"movie_id": [1], "title": ["A"], "genres": [""], "ratings": [2]})
    theirs = pd.DataFrame({"movie_id": [1], "ratings": [2]})
    assert difference(ours, theirs, ("movie_id",)) is None
