"""Ids that are no numbers of ours: a UUID, tt0111161, an ISBN, a hash, a negative number.

Each gets a number of its own, 1, 2, 3 … in the order in which they are met, and is kept.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Self

from db.ingest.sources.event_lines import NOT_STORABLE
from db.ingest.sources.read_as import NUMBERS, TEXTS, WHOLE

OURS = re.compile(r"0|[1-9][0-9]{0,9}")
WHOLE_FLOAT = re.compile(r"(0|[1-9][0-9]{0,9})\.0+")
LARGEST = 2**31 - 1
FEW = 3  # ids that are no numbers may be damage
SOME = 1 / 5  # of the ids; a file that has more damage is not loaded anyway


class OriginalIds:
    """The numbers of ids; reading a file again gives the same.

    numbers: those that some have already.
    """

    def __init__(self, numbers: Mapping[str, int] = {}) -> None:
        self.numbers = dict(numbers)
        self.last = max(self.numbers.values(), default=0)

    def number(self, text: str) -> int:
        """Of an id, new or known; NOT_STORABLE where there is none."""
        text = text.strip()
        if not text:
            return NOT_STORABLE
        if (known := self.numbers.get(text)) is not None:
            return known
        self.last += 1
        self.numbers[text] = self.last
        return self.last

    def originals(self) -> dict[int, str]:
        """The ids by their numbers."""
        return {number: text for text, number in self.numbers.items()}


def whole_number(text: str) -> int:
    """Of "7" or "7.0"; NOT_STORABLE of anything else."""
    digits = text.partition(".")[0] if WHOLE_FLOAT.fullmatch(text) else text
    return (
        int(digits)
        if digits.isascii() and digits.isdecimal() and len(digits) < 19
        else (NOT_STORABLE)
    )


def _like_whole(text: str) -> bool:
    return bool(WHOLE_FLOAT.fullmatch(text)) or bool(OURS.fullmatch(text) and int(text) <= LARGEST)


def kind_of(texts: Sequence[str]) -> str:
    """NUMBERS, WHOLE (numbers written as 7.0, or with blanks) or TEXTS, by the first of a file."""
    texts = [text for text in texts if text]
    others = [text for text in texts if not (OURS.fullmatch(text) and int(text) <= LARGEST)]
    if len(others) < FEW or len(others) <= SOME * len(texts):
        return NUMBERS
    odd = [text for text in others if not _like_whole(text.strip())]
    return TEXTS if len(odd) >= FEW and len(odd) > SOME * len(texts) else WHOLE


class Ids:
    """What the ids of one dataset's users and films become, in all of its files."""

    def __init__(self, users: str = NUMBERS, films: str = NUMBERS) -> None:
        self.users = OriginalIds() if users == TEXTS else None
        self.films = OriginalIds() if films == TEXTS else None

    @classmethod
    def known(cls, users: Mapping[str, int], films: Mapping[str, int]) -> Self:
        """Those of a dataset: none where its ids are numbers. New ones follow."""
        ids = cls()
        ids.users = OriginalIds(users) if users else None
        ids.films = OriginalIds(films) if films else None
        return ids

    @property
    def any_texts(self) -> bool:
        """Whether any are no numbers of ours."""
        return self.users is not None or self.films is not None

    def user(self, text: str) -> int:
        """The number of a user; NOT_STORABLE where there is none."""
        return whole_number(text) if self.users is None else self.users.number(text)

    def film(self, text: str) -> int:
        """The number of a film; NOT_STORABLE where there is none."""
        return whole_number(text) if self.films is None else self.films.number(text)


NO_TEXTS = Ids()
"""Where all ids are numbers."""
