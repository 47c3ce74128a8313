"""Sums that pass 2^31 are right, whether a load, an append or a cluster makes them."""

import pandas as pd
import pytest
from sqlalchemy import text

from db.filters.months import Month
from db.filters.rating_filters import RatingFilters
from db.ingest import dataset_tables, wide_sums
from db.ingest.append import append
from db.ingest.movie_months import MovieMonths
from db.ingest.swap import load
from db.queries import (
    average_rating_by_month,
    genre_by_decade,
    genre_share_by_year,
    movie_by_month,
    movie_table,
    polarising_movies,
    rating_distribution,
    ratings_by_genre,
    ratings_by_month,
    summary,
    top_movies,
)
from db.store.engine import dataset, reading, writing
from tests.db.importing import source
from tests.db.ingest.dataset_contents import contents

WEIGHT = 450_000_000  # times that each rating is counted
MONTH = 86_400 * 31
FILMS = [
    (10, "A", 1990, "Comedy|Drama"),
    (11, "B", 1995, "Drama"),
    (12, "C", None, ""),
    (13, "D", 1990, "War"),
]
RATINGS = [
    *((1, 10, 5.0, 0), (2, 10, 5.0, 1), (3, 10, 4.5, 2 * MONTH), (4, 10, 0.5, 20 * MONTH)),
    *((1, 11, 3.0, 0), (2, 11, 1.5, 13 * MONTH), (3, 12, 5.0, MONTH), (4, 12, 5.0, 14 * MONTH)),
    *((5, 10, 5.0, 2), (6, 11, 2.0, 3), (7, 13, 1.0, 3)),
]
FILTERS = {
    "all": RatingFilters(min_ratings=1),
    "a genre": RatingFilters(genres=("Drama",), min_ratings=1),
    "a period": RatingFilters(rated=(Month(1970, 2), Month(1971, 9)), min_ratings=1),
}
QUESTIONS = {
    "months": ratings_by_month,
    "averages": average_rating_by_month,
    "stars": rating_distribution,
    "genres": ratings_by_genre,
    "decades": genre_by_decade,
    "shares": genre_share_by_year,
    "polarising": polarising_movies,
    "top": top_movies,
    "film": lambda connection, filters: movie_by_month(connection, filters, 10),
    "table": lambda connection, filters: movie_table(connection, filters)[0],
}
COUNTS = ("ratings", "cumulative_ratings")
OF_CHANCE = ("low", "high")  # ends of an interval, which is narrower where there are more ratings


def answers() -> dict[tuple[str, str], pd.DataFrame]:
    with reading() as connection:
        return {
            (asked, passing): question(connection, filters)
            for asked, question in QUESTIONS.items()
            for passing, filters in FILTERS.items()
        }


def column_types(table: str) -> dict[str, str]:
    select = "select attname, atttypid::regtype::text from pg_attribute where attnum > 0"
    with reading() as connection:
        here = {"table": f"{dataset(connection).schema}.{table}"}
        found = connection.execute(text(f"{select} and attrelid = cast(:table as regclass)"), here)
        return dict(found.all())


@pytest.fixture
def weighted(monkeypatch):
    """Each rating is counted WEIGHT times, and the import is told so."""
    copy, widen = MovieMonths.copy, dataset_tables.widen

    def often(self, *arguments):
        self._merge()
        self.counts *= WEIGHT
        copy(self, *arguments)

    monkeypatch.setattr(MovieMonths, "copy", often)
    monkeypatch.setattr(
        dataset_tables, "widen", lambda connection, ratings: widen(connection, ratings * WEIGHT)
    )


def test_a_film_of_more_than_two_billion_ratings_is_counted_as_one_of_a_few(scratch, request):
    load(source(RATINGS, FILMS))
    few = answers()
    request.getfixturevalue("weighted")
    load(source(RATINGS, FILMS))
    for asked, many in answers().items():
        expected = few[asked].assign(**{n: few[asked][n] * WEIGHT for n in COUNTS if n in many})
        columns = [name for name in many if name not in OF_CHANCE]
        assert len(many), asked
        pd.testing.assert_frame_equal(many[columns], expected[columns], check_exact=False)
    with reading() as connection:
        assert summary(connection, FILTERS["all"]).ratings == len(RATINGS) * WEIGHT
        squares = "select squares from movie_totals where movie_id = 10"
        assert connection.scalar(text(squares)) == 382 * WEIGHT > 2**31


def test_nothing_is_wider_than_it_must_be(scratch):
    load(source(RATINGS, FILMS))
    for table in ("movie_months", "movie_totals", "set_years", "genre_months"):
        types = column_types(table)
        assert {types[name] for name in ("ratings", "half_stars", "squares")} == {"integer"}
    assert column_types("movie_cumulative")["squares"] == "integer[]"


@pytest.fixture
def small_numbers(monkeypatch):
    """As if 32 bits held three hundred."""
    for module in ("wide_sums", "movie_months"):
        monkeypatch.setattr(f"db.ingest.{module}.LARGEST", 300)


def test_of_64_bits_are_those_sums_alone_that_need_them(scratch, small_numbers):
    load(source(RATINGS, FILMS))
    assert column_types("movie_months")["squares"] == "bigint"
    assert column_types("movie_months")["half_stars"] == "integer"
    assert column_types("movie_cumulative")["squares"] == "bigint[]"
    assert column_types("set_years")["squares"] == "bigint"
    assert column_types("set_years")["ratings"] == column_types("set_years")["h1"] == "integer"


def everything(number: int):
    with writing() as connection, connection.begin():
        return contents(connection, f"reelscope_{number}")


@pytest.fixture
def of_the_union(scratch):
    """What a load of all ratings makes."""
    return everything(load(source(RATINGS, FILMS)).id)


def appended(rows):
    return append(lambda before: source(rows, FILMS))


def test_an_append_to_wide_sums_writes_what_changes(of_the_union, small_numbers):
    load(source(RATINGS[:-1], FILMS))
    done = appended(RATINGS[-1:])
    assert done.anew == ""
    assert everything(done.dataset.id) == of_the_union


@pytest.mark.parametrize(("room", "anew"), [(99, "sums need 64 bits"), (100, "")])
def test_an_append_that_may_make_sums_pass_lays_them_out_anew(
    of_the_union, monkeypatch, room, anew
):
    load(source(RATINGS[:-1], FILMS))
    assert column_types("movie_totals")["squares"] == "integer"
    squares_of_1970 = 533
    monkeypatch.setattr(wide_sums, "LARGEST", squares_of_1970 + room)
    done = appended(RATINGS[-1:])
    assert done.anew == anew
    assert everything(done.dataset.id) == of_the_union
