"""RatingFilters: every form of the query string, its words, and hostile input."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.filters.months import Month
from db.filters.rating_filters import RatingFilters
from db.store.engine import dataset

JAN_2005, DEC_2019 = Month(2005, 1), Month(2019, 12)


@pytest.mark.parametrize(
    ("query", "filters"),
    [
        ("", RatingFilters()),
        ("?", RatingFilters()),
        ("genres=Comedy", RatingFilters(genres=("Comedy",))),
        ("genres=Comedy,Drama", RatingFilters(genres=("Comedy", "Drama"))),
        ("genres=Drama%2CComedy", RatingFilters(genres=("Comedy", "Drama"))),
        ("genres=Comedy&genres=Drama", RatingFilters(genres=("Comedy", "Drama"))),
        ("genres=Film%20Noir,+War+", RatingFilters(genres=("Film Noir", "War"))),
        ("without=Horror", RatingFilters(without=("Horror",))),
        ("released=1990-1999", RatingFilters(released=(1990, 1999))),
        ("released=1999-1990", RatingFilters(released=(1990, 1999))),
        ("released=1990-", RatingFilters(released=(1990, None))),
        ("released=-1999", RatingFilters(released=(None, 1999))),
        ("released=1990", RatingFilters(released=(1990, 1990))),
        ("rated=2005-01..2019-12", RatingFilters(rated=(JAN_2005, DEC_2019))),
        ("rated=2019-12..2005-01", RatingFilters(rated=(JAN_2005, DEC_2019))),
        ("rated=2019..2005", RatingFilters(rated=(JAN_2005, DEC_2019))),
        ("rated=2005-01..", RatingFilters(rated=(JAN_2005, None))),
        ("rated=..2019", RatingFilters(rated=(None, DEC_2019))),
        ("rated=2019", RatingFilters(rated=(Month(2019, 1), DEC_2019))),
        ("rated=2019-12", RatingFilters(rated=(DEC_2019, DEC_2019))),
        ("min=50", RatingFilters(min_ratings=50)),
        ("min=0", RatingFilters(min_ratings=0)),
        ("utm=1&movie=318&genres=&min=&rated=", RatingFilters()),
        ("min=50&min=50", RatingFilters(min_ratings=50)),
    ],
)
def test_reads_every_form_of_the_query_string(query, filters):
    assert RatingFilters.from_query(query) == (filters, ())


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("min=many", "min=many was left out: expected one whole number of ratings like 50."),
        ("min=-1", "min=-1 was left out: expected one whole number of ratings like 50."),
        ("released=-", "released=- was left out: expected one range of years like 1990-1999."),
        (
            "rated=2005-13",
            "rated=2005-13 was left out: expected one range of months like 2005-01..2019-12.",
        ),
        ("genres=%00", "genres=� was left out: expected genres like Comedy,Drama."),
        (
            "released=1990-1999-2000",
            "released=1990-1999-2000 was left out: expected one range of years like 1990-1999.",
        ),
        ("min=1&min=2", "min=1 was left out: expected one whole number of ratings like 50."),
    ],
)
def test_drops_an_unusable_value_says_so_and_keeps_the_rest(query, problem):
    filters, problems = RatingFilters.from_query(f"{query}&without=War")
    assert filters == RatingFilters(without=("War",))
    assert problems == (problem,)


def test_reads_the_mapping_that_a_page_or_a_store_gives():
    filters, problems = RatingFilters.from_query(
        {
            "genres": ["Drama", "Comedy"],
            "released": "1990-1999",
            "min": 50,
            "rated": None,
            "utm": [],
        }
    )
    assert filters == RatingFilters(
        genres=("Comedy", "Drama"), released=(1990, 1999), min_ratings=50
    )
    assert problems == ()


def test_writes_one_canonical_readable_query_string():
    filters = RatingFilters(
        genres=("Drama", "Comedy", "Drama"),
        without=("Horror",),
        released=(1999, 1990),
        rated=None,
        min_ratings=50,
    )
    assert filters.to_query() == "genres=Comedy,Drama&without=Horror&released=1990-1999&min=50"
    assert RatingFilters(rated=(JAN_2005, DEC_2019)).to_query() == "rated=2005-01..2019-12"
    assert RatingFilters().to_query() == ""


names = (
    st.text(st.sampled_from(string.printable + "éЖ映"), min_size=1)
    .map(str.strip)
    .filter(lambda name: name.isprintable() and name and "," not in name)
)
years = st.none() | st.integers(0, 9999)
months = st.none() | st.builds(Month, st.integers(0, 9999), st.integers(1, 12))


@given(
    st.builds(
        RatingFilters,
        genres=st.lists(names, max_size=5).map(tuple),
        without=st.lists(names, max_size=5).map(tuple),
        released=st.tuples(years, years),
        rated=st.tuples(months, months),
        min_ratings=st.none() | st.integers(0, 10**9),
    )
)
def test_query_string_round_trips(filters):
    assert RatingFilters.from_query("?" + filters.to_query()) == (filters, ())


HOSTILE = [
    "\0", "\ud800", "%ED%A0%80", "9" * 5000, "1" + "0" * 30, "A," * 50_000, "x" * 100_000, "'; --",
    "&" * 1000, "=", "%", "..", "--", "٤٢", "1990–1999", "-1e9", "NaN", "\n", "²", "0001-1",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
@pytest.mark.parametrize("key", ["genres", "without", "released", "rated", "min", "\0", ""])
def test_hostile_values_never_raise(key, value):
    for query in (
        f"{key}={value}",
        f"{key}={value}&{key}={value}",
        {key: value},
        {key: [value, {}]},
    ):
        filters, problems = RatingFilters.from_query(query)
        hash(filters), filters.description().encode(errors="strict")
        filters.to_query().encode("ascii")
        assert all(len(problem) < 200 and problem.isprintable() for problem in problems)


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_any_json_value_is_read_or_named(value):
    for query in (value, dict.fromkeys(("genres", "without", "released", "rated", "min"), value)):
        filters, _ = RatingFilters.from_query(query)
        assert RatingFilters.from_query(filters.to_query()) == (filters, ())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "All ratings"),
        ("genres=Comedy&released=1990-1999", "Comedy, released 1990–1999"),
        ("genres=Comedy,Drama&without=Horror,War", "Comedy or Drama, not Horror or War"),
        ("released=1990-", "released from 1990"),
        ("released=-1999", "released until 1999"),
        ("released=1990&rated=2019", "released 1990, rated 2019"),
        ("rated=2005-03..2019-12", "rated March 2005–December 2019"),
        ("rated=..2019-11", "rated until November 2019"),
        ("rated=2005..2019", "rated 2005–2019"),
        ("min=1", "at least 1 rating per film"),
        ("min=1000", "at least 1,000 ratings per film"),
        ("min=0", "All ratings"),
    ],
)
def test_description(query, words):
    assert RatingFilters.from_query(query)[0].description() == words


def test_known_to_corrects_case_and_names_unknown_genres(connection):
    given = RatingFilters(genres=("Comdey", "drama"), without=("WAR",))
    filters, problems = given.known_to(connection, dataset(connection))
    assert filters == RatingFilters(genres=("Drama",), without=("War",))
    assert problems == ("There is no genre “Comdey” here; it was left out.",)


def test_there_is_no_field_that_is_no_filter():
    with pytest.raises(TypeError, match="there is no filter genre"):
        RatingFilters(genre=("Comedy",))
    with pytest.raises(AttributeError):
        _ = RatingFilters().genre


def test_equal_filters_hash_alike():
    assert len({RatingFilters(genres=("A", "B")), RatingFilters(genres=("B", "A", "B"))}) == 1


@given(st.integers(0, 9999), st.integers(1, 12))
def test_month_numbers_count_from_january_1970(year, month):
    assert Month.from_number(Month(year, month).number) == Month(year, month)
    assert Month(1970, 1).number == 0 and Month(2005, 3).number == 422
