"""The rollup that is counted in memory is what SQL adds up from the ratings."""

import numpy as np
import pytest
from sqlalchemy import text

from db.ingest import movie_months
from db.ingest.swap import load
from db.store.engine import reading
from tests.db.importing import source

COUNTS = ", ".join(f"count(*) filter (where half_stars = {value})" for value in range(1, 11))

ADDED_UP = f"""
    select movie_id, month, count(*), sum(half_stars), sum(half_stars * half_stars), {COUNTS},
        release_year, genre_mask
    from ratings join movies using (movie_id)
    group by movie_id, month, release_year, genre_mask
    order by movie_id, month
"""
KEPT = "select * from movie_months order by movie_id, month"


def test_of_the_sample(connection):
    kept = connection.execute(text(KEPT)).all()
    assert kept == connection.execute(text(ADDED_UP)).all()
    assert sum(row.ratings for row in kept) == 100_004


def test_what_several_counted_is_what_one_counts():
    random = np.random.default_rng(0)
    ratings = [random.integers(*ends, 2000) for ends in ((0, 9), (0, 5), (1, 11))]
    whole, added = movie_months.MovieMonths(), movie_months.MovieMonths()
    whole.add(*ratings)
    for part in np.split(np.arange(2000), [300, 301, 1500]):
        one = movie_months.MovieMonths()
        one.add(*(column[part] for column in ratings))
        added.add_counts(*one.counted())
    for found, expected in zip(added.counted(), whole.counted(), strict=True):
        assert np.array_equal(found, expected) and found.dtype == expected.dtype
    assert added.counts.sum() == 2000


@pytest.mark.parametrize("batch", [1, 100, 1 << 23])
def test_in_whatever_batches(scratch, monkeypatch, batch):
    monkeypatch.setattr(movie_months, "BATCH", batch)
    monkeypatch.setattr(movie_months, "CHUNK", 7)
    monkeypatch.setattr("db.ingest.sources.sample.PIECE", 90)
    random = np.random.default_rng(batch)
    films = [(2**31 - 1 - n, f"Film {n}", 1990 + n if n % 3 else None, "A") for n in range(9)]
    ratings = [
        (user, film[0], random.integers(1, 11) / 2, random.integers(0, 2**31))
        for user in range(60)
        for film in films
    ]
    load(source(ratings, films))
    with reading() as connection:
        kept = connection.execute(text(KEPT)).all()
        assert kept == connection.execute(text(ADDED_UP)).all() and len(kept) > 400
