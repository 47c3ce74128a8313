"""Every rating is in its user's vector, once."""

import numpy as np
from sqlalchemy import text

from db.ingest.swap import load
from db.similarity.formats import RATING
from db.store.engine import reading
from tests.db.importing import source

STORED = "select user_id, movie_id, month, half_stars from ratings"


def assert_packed(connection) -> None:
    found = []
    for user, count, films in connection.execute(text("select * from user_vectors")):
        ratings = np.frombuffer(films, RATING).tolist()
        assert len(ratings) == count
        found += [(user, *rating) for rating in ratings]
    assert sorted(found) == sorted(map(tuple, connection.execute(text(STORED))))


def test_of_the_sample(connection):
    assert_packed(connection)


def test_of_users_who_come_in_several_pieces(scratch, monkeypatch):
    """One user's ratings at the end of a piece and the beginning of the next, and out of order."""
    monkeypatch.setattr("db.ingest.sources.sample.PIECE", 4)
    last = 2**31 - 1
    films = [(n, f"Film {n}", None, "") for n in (1, 2, 3, last)]
    users = (0, 5, last, 3)
    rows = [
        (user, film[0], 0.5 + n / 2, last * n) for user in users for n, film in enumerate(films[:2])
    ]
    rows += [(user, last, 5.0, 7) for user in users]
    load(source(rows, films))
    with reading() as connection:
        assert_packed(connection)
