"""Every number of every chart against plain pandas on the same ratings, under many filters."""

import random

import numpy as np
import pandas as pd
import pytest

from db import queries
from db.filters.rating_filters import RatingFilters
from tests.db import plain_pandas

FIXED = [
    "",
    "genres=Comedy",
    "genres=Comedy,Drama",
    "without=Drama",
    "genres=Comedy,Drama&without=Horror,Romance",
    "genres=Film-Noir&min=5",
    "released=1990-1999",
    "released=2015-",
    "released=-1939&genres=Comedy",
    "rated=2005",
    "rated=2000-03..2010-05",
    "rated=2004-11..2005-02&genres=War,Western",
    "rated=..1996-06",
    "rated=2016-04..",
    "rated=1970..2050&min=300",
    "genres=Comedy&without=Comedy",
    "genres=IMAX&released=1990-1999&rated=2007-02..2007-02",
    "released=2000-2010&rated=2003..2012-07&without=Action&min=2",
    "genres=No such genre",
    "without=No such genre",
    "rated=1980",
    "rated=9000..",  # months past what a smallint holds
    "rated=..0001-01",
    "released=-1700",
]


def random_filters(chance: random.Random, genres: list[str]) -> str:
    """A query string of two or three filters, ranges open or closed, in order or not."""

    def year() -> int:
        return chance.randint(1920, 2017)

    def month() -> str:
        return f"{chance.randint(1996, 2016)}-{chance.randint(1, 12):02}"

    kinds = {
        "genres": lambda: ",".join(chance.sample(genres, chance.randint(1, 4))),
        "without": lambda: ",".join(chance.sample(genres, chance.randint(1, 3))),
        "released": lambda: chance.choice([f"{year()}-{year()}", f"{year()}-", f"-{year()}"]),
        "rated": lambda: chance.choice(
            [
                f"{month()}..{month()}",
                f"{month()[:4]}..{month()[:4]}",
                f"..{month()}",
                f"{month()}..",
            ]
        ),
        "min": lambda: str(chance.choice([0, 1, 2, 5, 20, 100])),
    }
    chosen = chance.sample(sorted(kinds), chance.randint(2, 3))
    return "&".join(f"{key}={kinds[key]()}" for key in chosen)


GENRES = ["Action", "Adventure", "Animation", "Children", "Comedy", "Crime", "Documentary", "Drama",
          "Fantasy", "Film-Noir", "Horror", "IMAX", "Musical", "Mystery", "Romance", "Sci-Fi",
          "Thriller", "War", "Western"]  # fmt: skip
CHANCE = random.Random(20161016)
RANDOM = [random_filters(CHANCE, GENRES) for _ in range(18)]


@pytest.fixture(scope="module")
def sample():
    return plain_pandas.sample()


@pytest.fixture(scope="module", params=[*FIXED, *RANDOM], ids=lambda query: query or "no filters")
def filters(request):
    found, problems = RatingFilters.from_query(request.param)
    assert not problems
    return found


@pytest.fixture(scope="module")
def passing(sample, filters):
    return plain_pandas.passing(sample, filters)


def assert_same(actual: pd.DataFrame, expected: pd.DataFrame, by: list[str]) -> None:
    """Same columns and rows; whole numbers and text exactly, floats to 1e-9."""
    assert list(actual.columns) == list(expected.columns)
    actual, expected = (rows.sort_values(by).reset_index(drop=True) for rows in (actual, expected))
    pd.testing.assert_frame_equal(
        actual, expected, check_dtype=False, check_exact=False, rtol=1e-9, atol=1e-9
    )
    for column in actual.columns:
        if not pd.api.types.is_float_dtype(actual[column]) and len(actual):
            assert list(actual[column].dropna()) == list(expected[column].dropna()), column


CHARTS = {
    queries.average_rating_by_month: ["month"],
    queries.ratings_by_month: ["month"],
    queries.rating_distribution: ["stars"],
    queries.ratings_per_user: ["ratings"],
    queries.ratings_per_movie: ["ratings"],
    queries.movies_by_genre: ["genre"],
    queries.ratings_by_genre: ["genre"],
    queries.genre_share_by_year: ["year", "genre"],
    queries.genre_by_decade: ["genre", "decade"],
    queries.user_averages: ["ratings_from", "average_rating"],
    queries.user_similarity: ["user_id", "other_user_id"],
}


@pytest.mark.parametrize("chart", CHARTS, ids=lambda chart: chart.__name__)
def test_chart(connection, passing, filters, chart):
    actual = chart(connection, filters)
    expected = getattr(plain_pandas, chart.__name__)(passing)
    assert_same(actual, expected, CHARTS[chart])
    assert actual.equals(actual.sort_values(CHARTS[chart], ignore_index=True))


@pytest.mark.parametrize(
    ("chart", "order"),
    [
        (queries.polarising_movies, "standard_deviation"),
        (queries.top_movies, "weighted_score"),
    ],
)
def test_list_of_films(connection, passing, filters, chart, order):
    actual = chart(connection, filters)
    expected = getattr(plain_pandas, chart.__name__)(passing, filters.min_ratings)
    assert_same(actual, expected, ["movie_id"])
    best_first = [-actual[order].to_numpy(), -actual["ratings"].to_numpy(), actual["movie_id"]]
    assert (np.lexsort(best_first[::-1]) == np.arange(len(actual))).all()
    limited = chart(connection, filters, limit=7)
    assert list(limited["movie_id"]) == list(actual["movie_id"][:7])


@pytest.mark.parametrize("movie", [318, 2710, 108583, 999_999_999])
def test_one_film(connection, passing, filters, movie):
    for chart, by in [
        (queries.movie_by_month, ["month"]),
        (queries.rating_distribution, ["stars"]),
        (queries.movie_ranks, ["genre"]),
    ]:
        expected = getattr(plain_pandas, chart.__name__)(passing, movie=movie)
        assert_same(chart(connection, filters, movie=movie), expected, by)


def test_most_agreed(connection, passing, filters):
    films = plain_pandas.polarising_movies(passing, filters.min_ratings)
    found = queries.most_agreed(connection, filters)
    if films.empty:
        assert found is None
    else:
        least = films["standard_deviation"].min()
        agreed = films[films["standard_deviation"] < least + 1e-9]
        most_rated = agreed[agreed["ratings"] == agreed["ratings"].max()]
        assert found.movie_id == most_rated["movie_id"].min()


def test_summary(connection, passing, filters):
    found = queries.summary(connection, filters)
    expected = plain_pandas.summary(passing)
    for field in ("ratings", "users", "movies", "first", "last"):
        assert getattr(found, field) == expected[field], field
    assert (found.average_rating is None) == passing.empty
    assert found.average_rating is None or found.average_rating == pytest.approx(
        expected["average_rating"], rel=1e-12
    )
    assert found.density == pytest.approx(expected["density"], rel=1e-12)
    assert (found.users_estimated, found.users_margin) == (False, 0)


def test_table_of_films(connection, passing, filters):
    rows, total = queries.movie_table(connection, filters, stop=10_000)
    expected = plain_pandas.film_table(passing, filters.min_ratings)
    assert_same(rows, expected, ["movie_id"])
    assert total == len(expected)


@pytest.mark.parametrize(
    "users", [(1, 2, 3), (547, 15, 15, 999_999), (999_999,), tuple(range(1, 101))]
)
def test_similarity_of_chosen_users(connection, sample, users):
    filters = RatingFilters(genres=("Comedy",))
    expected = plain_pandas.user_similarity(plain_pandas.passing(sample, filters), users)
    actual = queries.user_similarity(connection, filters, users=users)
    assert_same(actual, expected, ["user_id", "other_user_id"])


def test_types_hold_without_rows(connection):
    nothing = RatingFilters(genres=("No such genre",))
    everything = RatingFilters()
    for chart in (*CHARTS, queries.polarising_movies, queries.top_movies):
        empty, full = chart(connection, nothing), chart(connection, everything)
        assert len(empty) == 0 < len(full)
        assert list(empty.dtypes) == list(full.dtypes), chart.__name__
    assert full["release_year"].dtype == "Int64"
    months = queries.ratings_by_month(connection, everything)["month"]
    assert months.dtype == "datetime64[s]" and months.iloc[0] == pd.Timestamp("1995-01-01")
