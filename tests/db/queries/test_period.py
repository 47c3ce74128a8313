"""Whole years and edges together are the period, each month once."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.filters.months import Month
from db.queries.period import Period

DATASET = SimpleNamespace(first_month=Month(1995, 3), last_month=Month(2016, 10))


def number(text: str) -> int:
    year, month = map(int, text.split("-"))
    return Month(year, month).number


@given(st.integers(0, 600), st.integers(0, 600))
def test_pieces_are_the_months_of_the_period_each_once(first, last):
    period = Period(first, last)
    years = period.whole_years
    months = [m for low, high in period.edges for m in range(low, high + 1)]
    if years:
        months += range((years[0] - 1970) * 12, (years[1] - 1970) * 12 + 12)
    assert sorted(months) == list(range(first, last + 1))
    assert len(period.edges) <= 2


@pytest.mark.parametrize(
    ("rated", "years", "edges"),
    [
        ((Month(2000, 1), Month(2004, 12)), (2000, 2004), []),
        ((Month(2000, 3), Month(2004, 12)), (2001, 2004), [("2000-03", "2000-12")]),
        (
            (Month(2000, 3), Month(2004, 5)),
            (2001, 2003),
            [("2000-03", "2000-12"), ("2004-01", "2004-05")],
        ),
        ((Month(2000, 3), Month(2000, 5)), None, [("2000-03", "2000-05")]),
        ((Month(2000, 11), Month(2001, 2)), None, [("2000-11", "2001-02")]),
        ((None, Month(2000, 12)), (1995, 2000), []),  # the dataset's first year counts as whole
        ((Month(2010, 1), None), (2010, 2016), []),
        ((Month(2010, 1), Month(2016, 10)), (2010, 2016), []),
    ],
)
def test_period_of_a_filter(rated, years, edges):
    period = Period.within(rated, DATASET)
    assert period.whole_years == years
    assert period.edges == [(number(first), number(last)) for first, last in edges]


@pytest.mark.parametrize(
    "rated",
    [
        None,
        (None, None),
        (Month(1995, 3), None),
        (Month(1900, 1), Month(2100, 1)),
        (Month(1995, 3), Month(2016, 10)),
    ],
)
def test_a_filter_that_leaves_everything_is_no_period(rated):
    assert Period.within(rated, DATASET) is None
