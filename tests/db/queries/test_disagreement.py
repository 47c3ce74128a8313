"""What tells two camps from ratings that merely vary."""

import pytest
from sqlalchemy import text

from db import queries
from db.filters.rating_filters import RatingFilters
from db.queries.film_sums import AGREEMENT
from tests.db.plain_pandas import _agreement


@pytest.mark.parametrize(
    ("camps", "agreement"),
    [
        ((10, 0, 10), -1),
        ((10, 10, 10), 0),
        ((0, 0, 7), 1),
        ((0, 9, 0), 1),
        ((5, 5, 0), 0.5),
        ((45, 10, 45), -0.7),
        ((30, 40, 30), 0.1),
    ],
)
def test_agreement_falls_from_one_camp_to_two(connection, camps, agreement):
    low, between, high = camps
    row = f"select {low} as low, {high} as high, {low + between + high} as ratings"
    found = connection.scalar(text(f"select {AGREEMENT} from ({row}) f"))
    assert found == pytest.approx(agreement)
    assert _agreement([each / sum(camps) for each in camps]) == pytest.approx(agreement)


def test_the_list_has_either_order(connection):
    films = RatingFilters(min_ratings=100)
    by_camps = queries.polarising_movies(connection, films, limit=20, order="agreement")
    by_deviation = queries.polarising_movies(connection, films)
    assert by_camps["agreement"].is_monotonic_increasing
    assert by_camps["agreement"].iloc[0] == by_deviation["agreement"].min()
    assert by_deviation["standard_deviation"].is_monotonic_decreasing
