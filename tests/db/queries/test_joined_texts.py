"""Texts that are found in one."""

import pytest

from db.queries.joined_texts import JoinedTexts

TEXTS = ["abc", "", "bab", "cab ab"]
JOINED = JoinedTexts.of(TEXTS)


@pytest.mark.parametrize("part", ["a", "ab", "b", "abc", "cab", "z", "b a"])
def test_each_time_that_a_text_has_a_part(part):
    every = [
        (place, start)
        for place, text in enumerate(TEXTS)
        for start in range(len(text))
        if text.startswith(part, start)
    ]
    assert list(JOINED.having(part)) == every


@pytest.mark.parametrize("part", ["a", "b", "ca", "z", ""])
def test_texts_that_begin_so(part):
    begin = [place for place, text in enumerate(TEXTS) if text.startswith(part)]
    assert list(JOINED.beginning(part)) == begin


def test_of_no_text():
    assert list(JoinedTexts.of([]).having("a")) == list(JoinedTexts.of([]).beginning("a")) == []
