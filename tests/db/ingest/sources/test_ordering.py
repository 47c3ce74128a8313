"""Ratings come user by user and each pair once, whatever the order of the file."""

from itertools import groupby

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.ingest.sources.ordering import by_user
from db.ingest.sources.source import Piece, RatingRows

RATING = st.tuples(st.integers(0, 5), st.integers(0, 5))


def pieces(pairs, sizes):
    """Ratings of (user, film) pairs, numbered as lines from 1, in pieces of the given sizes."""
    start = 0
    for size in [*sizes, len(pairs)]:
        some = np.array(pairs[start : start + size], np.int64).reshape(-1, 2)
        lines = np.arange(start + 1, start + 1 + len(some))
        rows = RatingRows(
            some[:, 0], some[:, 1], np.full(len(some), 7, np.int16), lines * 10, lines
        )
        yield Piece(rows, {}, len(some))
        start += size


@given(st.lists(RATING, max_size=60), st.lists(st.integers(0, 20), max_size=5), st.booleans())
@settings(max_examples=300, deadline=None)
def test_each_pair_once_the_first_stays(tmp_path_factory, pairs, sizes, grouped):
    pairs = sorted(pairs, key=lambda pair: pair[0]) if grouped else pairs
    found, repeated, read = [], [], 0
    for piece in by_user(lambda: pieces(pairs, sizes), tmp_path_factory.getbasetemp()):
        found += zip(*(column.tolist() for column in piece.rows), strict=True)
        repeated += [line for lines in piece.rejected.values() for line in lines.tolist()]
        read += piece.read
    first = {pair: line for line, pair in reversed(list(enumerate(pairs, 1)))}
    expected = [(user, film, 7, line * 10, line) for (user, film), line in first.items()]
    assert sorted(found) == sorted(expected)
    assert sorted(repeated) == sorted(set(range(1, len(pairs) + 1)) - set(first.values()))
    assert read == len(pairs)
    if grouped:
        assert [row[0] for row in found] == [user for user, _ in sorted(first)]


@pytest.mark.parametrize("users", [10_000])
def test_a_shuffled_file_comes_user_by_user(tmp_path, users):
    pairs = np.random.default_rng(0).permutation(
        [(user, film) for user in range(users) for film in range(3)]
    )
    given = list(by_user(lambda: pieces(pairs, [7_000] * 4), tmp_path))
    of_users = np.concatenate([piece.rows.user_ids for piece in given])
    assert len(of_users) == 3 * users == 3 * len(list(groupby(of_users)))
    assert max(len(piece.rows.lines) for piece in given) < 3 * users / 32
    assert list(tmp_path.iterdir()) == []
