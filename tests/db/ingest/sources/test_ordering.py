"""Ratings come user by user and each pair once, whatever the order of the file."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.ingest.sources.ordering import GivenAgain, by_user
from db.ingest.sources.source import Piece, RatingRows
from tests.db.importing import InMemoryTable

RATING = st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(0, 3))


def pieces(ratings, sizes):
    """Ratings of (user, film, time), numbered as lines from 1, in pieces of the given sizes."""
    start = 0
    for size in [*sizes, len(ratings)]:
        some = np.array(ratings[start : start + size], np.int64).reshape(-1, 3)
        lines = np.arange(start + 1, start + 1 + len(some))
        stars = np.full(len(some), 7, np.int16)
        yield Piece(RatingRows(some[:, 0], some[:, 1], stars, some[:, 2], lines), {}, len(some))
        start += size


def table(ratings, sizes):
    return InMemoryTable("ratings", list(pieces(ratings, sizes)))


def everything(ratings, sizes, directory):
    """Rows, lines of repeated ones and the number read; from the outset where it is too late."""
    for scattered in (False, True):
        found, repeated, read = [], [], 0
        try:
            for piece in by_user(table(ratings, sizes), directory, scattered):
                found += zip(*(column.tolist() for column in piece.rows), strict=True)
                repeated += [line for lines in piece.rejected.values() for line in lines.tolist()]
                read += piece.read
        except GivenAgain:
            assert not scattered
            continue
        return found, repeated, read
    raise AssertionError


@given(st.lists(RATING, max_size=60), st.lists(st.integers(0, 20), max_size=5), st.booleans())
@settings(max_examples=300, deadline=None)
def test_each_pair_once_the_latest_stays(tmp_path_factory, ratings, sizes, grouped):
    ratings = sorted(ratings, key=lambda rating: rating[0]) if grouped else ratings
    found, repeated, read = everything(ratings, sizes, tmp_path_factory.getbasetemp())
    latest: dict[tuple, tuple] = {}
    for line, (user, film, when) in enumerate(ratings, 1):
        latest[user, film] = max(latest.get((user, film), (0, 0)), (when, line))
    expected = [(user, film, 7, when, line) for (user, film), (when, line) in latest.items()]
    assert sorted(found) == sorted(expected)
    lines = {line for _, line in latest.values()}
    assert sorted(repeated) == sorted(set(range(1, len(ratings) + 1)) - lines)
    assert read == len(ratings)
    if grouped:
        assert [row[0] for row in found] == [user for user, _ in sorted(latest)]


def test_a_later_rating_of_what_was_given_away_is_not_overlooked(tmp_path):
    ratings = [(1, 1, 5), (2, 1, 5), (3, 1, 5), (1, 1, 9)]
    with pytest.raises(GivenAgain):
        list(by_user(table(ratings, [2, 1]), tmp_path))
    earlier = [*ratings[:3], (1, 1, 4)]
    given = [
        row for piece in by_user(table(earlier, [2, 1]), tmp_path) for row in piece.rows.seconds
    ]
    assert given == [5, 5, 5]


@pytest.mark.parametrize("users", [10_000])
def test_a_shuffled_file_comes_user_by_user(tmp_path, users):
    pairs = np.random.default_rng(0).permutation(
        [(user, film, 60) for user in range(users) for film in range(3)]
    )
    given = list(by_user(table(pairs, [7_000] * 4), tmp_path))
    of_users = np.concatenate([piece.rows.user_ids for piece in given])
    assert len(of_users) == 3 * users == 3 * len(list(groupby(of_users)))
    assert max(len(piece.rows.lines) for piece in given) < 3 * users / 32
    assert list(tmp_path.iterdir()) == []
