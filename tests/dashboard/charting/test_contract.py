"""A chart that is wrong does not pass: each of these was added by the README's recipe."""

import pandas as pd
import pytest
from sqlalchemy import text

from dashboard.charting.chart import Chart
from dashboard.figures.timelines import ratings_by_month
from dashboard.state.view import View
from tests.dashboard.charting import contract
from tests.db import plain_ratings

DAY = "extract(isodow from to_timestamp(rated_at) at time zone 'UTC')::integer"
RAW = f"""
    select ({DAY} + {{shift}} - 1) % 7 + 1 as weekday, count(*) as ratings,
        sum(half_stars) / {{divisor}}::float8 / count(*) as average_rating
    from ratings group by 1 order by 1
"""
COUNTED = "select 1 as month, sum(ratings)::bigint as ratings from movie_totals"


def weekdays(shift: int = 0, divisor: int = 2):
    """A query for ratings by weekday, wrong where it shifts days or divides by another number."""

    def query(connection, filters):
        rows = connection.execute(text(RAW.format(shift=shift, divisor=divisor)))
        return pd.DataFrame(rows.fetchall(), columns=["weekday", "ratings", "average_rating"])

    return query


def by_weekday(r):
    """Its oracle, from the sample's own times."""
    seconds = pd.to_datetime(plain_ratings.seconds(), unit="s")
    days = r.assign(weekday=seconds.dt.day_of_week.to_numpy() + 1).groupby("weekday")["rating"]
    return days.agg(ratings="count", average_rating="mean").reset_index()


def chart(query, keys=("weekday",), **more) -> Chart:
    return Chart("ratings-by-weekday", "By weekday", "When.", query, ratings_by_month, keys, **more)


@pytest.fixture
def with_oracle(monkeypatch):
    monkeypatch.setitem(contract.ORACLES, "ratings-by-weekday", by_weekday)


def check(session, wrong: Chart) -> None:
    rows = wrong.read(session, View())
    sample = plain_ratings.sample()
    wanted = contract.expected(wrong, sample, View(), session, sample)
    contract.check_rows(wrong, rows, wanted)


def test_without_an_oracle(session):
    with pytest.raises(AssertionError, match="ratings-by-weekday has no oracle"):
        check(session, chart(weekdays()))


def test_right_rows_pass(session, with_oracle):
    check(session, chart(weekdays(), remembered=False))


@pytest.mark.parametrize("wrong", [{"shift": 2}, {"divisor": 3}])
def test_wrong_numbers_do_not(session, with_oracle, wrong):
    with pytest.raises(AssertionError):
        check(session, chart(weekdays(**wrong), remembered=False))


def test_reading_every_rating_does_not(session, with_oracle):
    slow, reads = chart(weekdays(), remembered=False), contract.no_rating_read
    with (
        pytest.raises(AssertionError, match="read the table of all ratings"),
        reads(session.connection, slow),
    ):
        check(session, slow)


def test_reading_a_rollup_does(session):
    with contract.no_rating_read(session.connection, chart(weekdays())):
        session.connection.execute(text(COUNTED)).all()


def test_keys_that_do_not_tell_rows_apart(session, with_oracle):
    rows = pd.DataFrame({"weekday": [1, 1], "ratings": [1, 2]})
    with pytest.raises(AssertionError, match="do not tell the rows"):
        contract.check_rows(chart(weekdays()), rows, rows)


def test_rows_in_another_order(session, with_oracle):
    rows = pd.DataFrame({"weekday": [2, 1], "ratings": [1, 2]})
    with pytest.raises(AssertionError, match="not sorted"):
        contract.check_rows(chart(weekdays()), rows, rows)
