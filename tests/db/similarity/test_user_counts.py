"""What is counted by user in memory is what SQL counts, for every filter that it is kept for."""

from dataclasses import replace

import numpy as np
import pytest
from sqlalchemy import text

from db.ingest.swap import load
from db.similarity import film_raters
from db.similarity.formats import COUNT, MONTH_COUNT, RATER
from db.store.engine import reading
from tests.db.importing import source

RATED = "select user_id, count(*) from ratings join movies using (movie_id) where {} group by 1"
LATE = 2**31 - 1  # the last user_id, movie_id and second


@pytest.fixture
def many(scratch, monkeypatch):
    """A dataset read in pieces, whose order makes most users come in several of them."""
    monkeypatch.setattr("db.ingest.sources.sample.PIECE", 90)
    random = np.random.default_rng(7)
    films = [
        (LATE - n, f"Film {n}", 1990 + n if n % 3 else None, ["A", "A|B", ""][n % 2 + n // 8])
        for n in range(9)
    ]
    ratings = [
        (LATE - user * user, film[0], random.integers(1, 11) / 2, random.integers(0, LATE))
        for user in range(60)
        for film in films
        if random.random() < 0.8
    ]
    random.shuffle(ratings)
    return source([tuple(row) for row in ratings], films)


def assert_counted(connection) -> None:
    """Every array is as SQL has it."""
    every = users(connection)
    assert len(every) == len(set(every))
    totals = array(connection, "select ratings from user_order")
    assert rated(connection, "true") == dict(zip(every, totals, strict=True))
    for genre, ratings in connection.execute(text("select genre, ratings from user_genres")):
        counts = counted(every, np.frombuffer(ratings, COUNT))
        assert counts == rated(connection, f"genre_mask >> {genre} & 1 = 1")
    for year, ratings in connection.execute(text("select * from user_releases")):
        counts = counted(every, np.frombuffer(ratings, COUNT))
        assert counts == rated(connection, f"release_year <= {year}")
    for month, packed in connection.execute(text("select * from user_months")):
        counts = np.frombuffer(packed, MONTH_COUNT)
        by_place = np.bincount(counts["place"].astype(int), counts["ratings"], len(every))
        assert counted(every, by_place) == rated(connection, f"month = {month}")


def users(connection) -> list[int]:
    return array(connection, "select user_ids from user_order")


def array(connection, select: str) -> list[int]:
    return np.frombuffer(connection.scalar(text(select)), COUNT).tolist()


def counted(every: list[int], counts: np.ndarray) -> dict[int, int]:
    return {user: count for user, count in zip(every, counts.tolist(), strict=True) if count}


def rated(connection, condition: str) -> dict[int, int]:
    return dict(connection.execute(text(RATED.format(condition))).all())


def assert_raters(connection) -> None:
    """Every rating is in a row of its film, once."""
    every = np.array(users(connection))
    found = []
    for movie, packed in connection.execute(text("select * from film_raters")):
        raters = np.frombuffer(packed, RATER)
        given = (raters[name].tolist() for name in ("month", "half_stars"))
        of_film = every[raters["place"].astype(int)].tolist(), *given
        found += [(movie, *rater) for rater in zip(*of_film, strict=True)]
    select = "select movie_id, user_id, month, half_stars from ratings"
    expected = [tuple(row) for row in connection.execute(text(select))]
    assert sorted(found) == sorted(expected)


@pytest.mark.slow
def test_of_the_sample(connection):
    assert_counted(connection)
    assert_raters(connection)
    count = text("select count(*) from user_releases")
    years = text("select count(distinct release_year) from movie_totals")
    assert connection.scalar(count) == connection.scalar(years)


@pytest.mark.parametrize("batch", [1, 100, 1 << 22])
def test_in_whatever_batches_and_order(many, monkeypatch, batch):
    monkeypatch.setattr(film_raters, "BATCH", batch)
    load(many)
    with reading() as connection:
        assert_counted(connection)
        assert_raters(connection)


def test_of_films_that_no_list_has(many):
    load(replace(many, movies=None))
    with reading() as connection:
        assert_counted(connection)
        assert_raters(connection)
        assert connection.scalar(text("select count(*) from user_releases")) == 0
