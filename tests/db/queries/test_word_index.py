"""Every word of a search, anywhere in the title."""

import pytest

from db.queries.word_index import WordIndex

TITLES = ["the matrix", "war of the stars", "star wars (1977)", "star", "wars of a star", "a b a"]
INDEX = WordIndex.of([10, 11, 12, 13, 14, 15], TITLES)


@pytest.mark.parametrize(
    ("text", "limit", "found"),
    [
        ("star", 9, [12, 13, 11, 14]),
        ("star", 3, [12, 13, 11]),
        ("star", 1, [12]),
        ("star war", 9, [12, 11, 14]),
        ("war star", 9, [11, 12, 14]),
        ("1977 wars", 9, [12]),
        ("a", 9, [15, 10, 11, 12, 13, 14]),
        ("the matrix", 9, [10]),
        ("matrix the", 9, [10]),
        ("none of these", 9, []),
        ("", 2, [10, 11]),
        ("%", 9, []),
    ],
)
def test_first_those_that_begin_so_then_by_fame(text, limit, found):
    assert INDEX.find(text, limit) == found


def test_of_no_film():
    assert WordIndex.of([], []).find("star", 9) == []
    assert WordIndex.of([], []).find("", 9) == []
