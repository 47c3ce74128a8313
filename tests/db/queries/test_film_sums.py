"""Finding films: by number, by the words of a title, in the sorted table."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import text

from db import queries
from db.filters.months import Month
from db.filters.rating_filters import RatingFilters
from db.ingest.swap import load
from db.store.engine import reading
from tests.db.importing import source


def test_movie(connection):
    assert queries.movie(connection, 318) == queries.Movie(
        318, "Shawshank Redemption, The", 1994, "Crime|Drama", None, None
    )
    assert queries.movie(connection, 108583).release_year is None
    assert queries.movie(connection, 4) is not None and queries.movie(connection, 999_999) is None


def test_movies_come_in_the_order_asked_for(connection):
    found = queries.movies(connection, [318, 999_999, 1, 108_583])
    assert list(found["movie_id"]) == [318, 1, 108_583]
    assert list(found["release_year"].isna()) == [False, False, True]
    assert len(queries.movies(connection, [])) == 0


def test_imdb_ids(scratch):
    given = source(movies=[(10, "A", 1990, ""), (11, "B", 1990, "")])
    films = given.movies.assign(imdb_id=pd.array(["0114709", None], "string"))
    load(replace(given, movies=films))
    with reading() as connection:
        assert queries.imdb_ids(connection, [11, 10, 9]) == {10: "0114709", 11: None}
        assert queries.imdb_ids(connection, []) == {}


def test_some_films_as_they_are_rated_under_filters(connection):
    among = (318, 1, 999_999, 296, 2)
    rows = queries.rated_movies(connection, RatingFilters(), among)
    assert set(rows["movie_id"]) == {318, 1, 296, 2}
    assert rows["ratings"].is_monotonic_decreasing
    every = queries.top_movies(connection, RatingFilters()).set_index("movie_id")
    for row in rows.itertuples():
        assert (row.ratings, row.average_rating) == tuple(
            every.loc[row.movie_id, ["ratings", "average_rating"]]
        )
    few = RatingFilters(genres=("Crime",), min_ratings=row.ratings)
    assert set(queries.rated_movies(connection, few, among)["movie_id"]) == {318, 296}
    assert queries.rated_movies(connection, RatingFilters(), ()).empty


def test_intervals_are_the_same_whichever_process_adds_up_which_films(connection):
    """Sums of fractions depend on their order, which parallel workers leave to chance."""
    found = [queries.top_movies(connection, RatingFilters())]
    for name in ("parallel_setup_cost", "parallel_tuple_cost", "min_parallel_table_scan_size"):
        connection.execute(text(f"set local {name} = 0"))
    found += [queries.top_movies(connection, RatingFilters()) for _ in range(10)]
    assert len({tuple(rows["low"]) for rows in found}) == 1


TITLES = [
    (1, "Amélie (Fabuleux destin d'Amélie Poulain, Le)", 2001),
    (2, "Matrix, The", 1999),
    (3, "Matrix Reloaded, The", 2003),
    (4, "The Matrix (1999)", 1999),
    (5, "100% Wolf", 2020),
    (6, "100 Girls", 2000),
    (7, "snake_case", None),
    (8, "snakeXcase", None),
    (9, r"back\slash", None),
    (10, "İstanbul Straße", None),
    (11, "Unrated Matrix", 2010),
]


@pytest.fixture
def titles(scratch):
    movies = [(number, title, year, "") for number, title, year in TITLES]
    counts = {2: 3, 3: 2, 4: 1} | dict.fromkeys([1, *range(5, 11)], 1)
    ratings = [(user, film, 3.0, 0) for film, count in counts.items() for user in range(count)]
    load(source(ratings, movies))
    with reading() as connection:
        yield connection


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("amelie", [1]),
        ("AMÉLIE poulain", [1]),
        ("matrix", [2, 3, 4]),  # those that begin with it, by ratings; never the unrated one
        ("the matrix", [2, 4, 3]),  # called so, then beginning so
        ("matrix 1999", [2, 4]),
        ("matrix, the 2003", []),
        ("matr load", [3]),
        ("100%", [5, 6]),
        ("snake_case", [7]),
        ("back\\slash", [9]),
        ("istanbul strasse", [10]),
        ("  matrix\t 1999\n", [2, 4]),
        ("unrated", []),
    ],
)
def test_search(titles, text, found):
    assert list(queries.search_movies(titles, text)["movie_id"]) == found
    rows, total = queries.movie_table(titles, RatingFilters(), search=text)
    assert set(rows["movie_id"]) == set(found) and total == len(found)


def test_search_is_limited_and_most_rated_first(connection):
    found = queries.search_movies(connection, "e", limit=8)
    assert len(found) == 8
    rest = found[~found["title"].str.lower().str.startswith("e")]["ratings"]
    assert rest.is_monotonic_decreasing


@pytest.mark.parametrize(
    "column",
    [
        "movie_id",
        "release_year",
        "ratings",
        "average_rating",
        "standard_deviation",
        "weighted_score",
    ],
)
@pytest.mark.parametrize("direction", ["asc", "desc"])
def test_table_sorts_unknown_last(connection, column, direction):
    rows, total = queries.movie_table(
        connection, RatingFilters(), sort=((column, direction),), stop=10_000
    )
    assert total == len(rows) == 9_066
    known = rows[column].dropna()
    assert len(known) == len(rows) or rows[column].iloc[len(known) :].isna().all()
    assert known.is_monotonic_increasing if direction == "asc" else known.is_monotonic_decreasing


def test_table_pages_follow_each_other(connection):
    sort = (("release_year", "desc"), ("title", "asc"))
    whole, _ = queries.movie_table(connection, RatingFilters(), sort=sort, stop=250)
    pages = [
        queries.movie_table(connection, RatingFilters(), sort=sort, start=start, stop=start + 50)[0]
        for start in range(0, 250, 50)
    ]
    pd.testing.assert_frame_equal(pd.concat(pages, ignore_index=True), whole)


@pytest.mark.parametrize("sort", [(("ratings", "down"),), (("ratings; --", "asc"),)])
def test_table_refuses_another_sort(connection, sort):
    with pytest.raises(ValueError, match="can't be sorted"):
        queries.movie_table(connection, RatingFilters(), sort=sort)


def test_a_film_rated_in_more_months_than_a_row_holds(scratch):
    months = range(12 * 50)
    seconds = [
        int(np.datetime64(month, "M").astype("datetime64[s]").astype(int)) for month in months
    ]
    ratings = [(month, 1, 0.5 + month % 10 / 2, seconds[month]) for month in months]
    load(source(ratings, [(1, "Always rated", 1969, "")]))
    with reading() as connection:
        for first, last in [(0, 0), (13, 13), (7, 591), (590, 599), (12, 587)]:
            rated = Month.from_number(first), Month.from_number(last)
            filters = RatingFilters(rated=rated, min_ratings=1)
            row = queries.polarising_movies(connection, filters).iloc[0]
            stars = 0.5 + np.arange(first, last + 1) % 10 / 2
            assert row["ratings"] == len(stars)
            assert row["average_rating"] == pytest.approx(stars.mean())
            assert row["standard_deviation"] == pytest.approx(stars.std())
            assert row["low_share"] == pytest.approx((stars <= 2).mean())
            assert row["high_share"] == pytest.approx((stars >= 4).mean())
