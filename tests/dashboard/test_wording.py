"""Counts in words."""

from datetime import date

import pytest

from dashboard.wording import count, months, signed, what_passes, whose_ratings
from db import queries
from db.filters.rating_filters import RatingFilters


def test_an_estimate_says_how_far_it_may_be_off():
    assert count(1, "film") == "1 film"
    assert count(9_412, "rating") == "9,412 ratings"
    assert count(151_000, "user", 2_400) == "≈ 151,000 ± 2,400 users"
    assert count(1, "user", 3) == "≈ 1 ± 3 users"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "All ratings: 100,004 ratings of 9,066 films by 671 users"),
        (
            "min=5000",
            "All ratings: 100,004 ratings of 9,066 films by 671 users;"
            " no film has 5,000 ratings or more, so none is listed",
        ),
        ("min=0&genres=IMAX", "IMAX: 3,156 ratings of 153 films by 453 users"),
        (
            "min=100&genres=IMAX",
            "IMAX: 3,156 ratings of 153 films by 453 users;"
            " listed: 6 films with at least 100 ratings",
        ),
    ],
)
def test_the_least_number_of_ratings_says_what_is_listed_not_what_is_counted(
    connection, query, said
):
    filters, _ = RatingFilters.from_query(query)
    assert what_passes(filters, queries.summary(connection, filters)) == said


def test_a_difference_has_its_sign_unless_it_is_none():
    numbers = (0.125, -0.08, 0.004, -0.004, 0.0)
    assert [signed(number) for number in numbers] == ["+0.12", "−0.08", "0.00", "0.00", "0.00"]
    assert signed(-0.004, 3) == "−0.004"


def test_a_month_alone_is_no_range():
    march, may = date(2004, 3, 1), date(2006, 5, 1)
    assert (months(march, may), months(march, march)) == ("Mar 2004–May 2006", "Mar 2004")
    assert months(None, None) == "not known"


def test_whose_ratings_they_are():
    assert whose_ratings("MovieLens sample") == "Ratings: MovieLens sample, by GroupLens"
    assert whose_ratings("ml-32m") == "Ratings: ml-32m, by GroupLens"
    assert whose_ratings("anime") == "Ratings: anime"
