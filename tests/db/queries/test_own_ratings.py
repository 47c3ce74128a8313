"""What is asked for one person's taste, beside plain pandas."""

import pytest
from sqlalchemy import text

from db import queries
from db.filters.rating_filters import RatingFilters
from tests.db.random_filters import HUGE


def test_a_users_ratings_are_those_of_the_table(connection):
    rows = connection.execute(text("select movie_id, half_stars from ratings where user_id = 15"))
    assert queries.user_ratings(connection, 15) == {row[0]: row[1] / 2 for row in rows}


@pytest.mark.parametrize("user", [*HUGE, 0])
def test_an_unknown_user_has_none(connection, user):
    assert queries.user_ratings(connection, user) == {}
    assert queries.known_users(connection, [user, 15]) == {15}


def test_how_many_gave_each_rating_to_a_film(connection):
    found = queries.film_counts(connection, [318, 2**31, -1]).set_index("movie_id")
    assert found.index.tolist() == [318]
    spread = queries.rating_distribution(connection, RatingFilters(), movie=318)
    for row in spread.itertuples():
        assert found.loc[318, f"h{int(row.stars * 2)}"] == row.ratings


def test_ratings_by_decade(connection):
    select = """
        select release_year / 10 * 10, count(*) from ratings join movies using (movie_id)
        where release_year is not null group by 1
    """
    expected = dict(connection.execute(text(select)).all())
    found = queries.ratings_by_decade(connection, RatingFilters())
    assert dict(zip(found["decade"], found["ratings"], strict=True)) == expected
