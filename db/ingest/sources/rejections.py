"""The rows that an import leaves out: counted by reason, the first hundred listed."""

from collections import Counter
from collections.abc import Mapping
from copy import deepcopy
from typing import NamedTuple

import numpy as np

from db.counts import counted

BYTES = "undecodable bytes"
FIELDS = "wrong number of fields"
USER = "user not a whole number"
FILM = "unknown film"
RATING = "rating off the scale or not a number"
TIMESTAMP = "timestamp missing, unreadable or out of range"
PAIR = "duplicate user–film pair"
FILM_NUMBER = "film not a whole number"
SAME_FILM = "film listed before"
LINK = "link not a whole number"

LISTED = 100

Lines = Mapping[str, np.ndarray]
"""Numbers of lines, from 1, by the reason why they were left out."""


class Unusable(ValueError):
    """A row can't be used; the text is the reason."""


class Rejected(NamedTuple):
    """One row that was left out."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"{self.file} line {self.line}: {self.reason}"


class Rejections:
    """What was left out of one import, of all its files."""

    def __init__(self) -> None:
        self.read: Counter[str] = Counter()
        """Rows read, good and bad, by file."""
        self.rejected: Counter[str] = Counter()
        """Rows left out, by file."""
        self.reasons: Counter[str] = Counter()
        """Rows left out, by reason."""
        self.again: Counter[str] = Counter()
        """Ratings that were given again later, by file: left out, but not for being wrong."""
        self.first: list[Rejected] = []
        self.texts: dict[Rejected, str] = {}
        """What stands in some of the first, for the catalogue."""
        self.optional: set[str] = set()
        """Files of which any share may be left out."""

    def add(self, file: str, rows: int, rejected: Lines) -> None:
        """Count the next `rows` rows of a file, with the lines among them that were left out."""
        self.read[file] += rows
        for reason, lines in rejected.items():
            if len(lines):
                self.rejected[file] += len(lines)
                self.reasons[reason] += len(lines)
                self.again[file] += len(lines) if reason == PAIR else 0
        wanted = LISTED - len(self.first)
        found = [(int(n), why) for why, lines in rejected.items() for n in lines[:wanted]]
        self.first += [Rejected(file, n, why) for n, why in sorted(found)[:wanted]]

    def copy(self) -> "Rejections":
        """What is known by now."""
        return deepcopy(self)

    def restore(self, known: "Rejections") -> None:
        """Forget what came after `known` was copied: it will be read again."""
        vars(self).update(vars(deepcopy(known)))

    def too_many(self, share: float) -> str | None:
        """One line about the first file of which more than this share was left out."""
        for file, rejected in self.rejected.items():
            rows = rejected - self.again[file]
            if file not in self.optional and rows > share * self.read[file]:
                return (
                    f"{rows:,} of {self.read[file]:,} rows of {file} can't be used"
                    f" ({rows / self.read[file]:.2%}; at most {share:.2%} may be):"
                    f" {self.in_words()}."
                )
        return None

    def in_words(self) -> str:
        """Such as "unknown film (12 rows), duplicate user–film pair (1 row)"."""
        return ", ".join(
            f"{reason} ({counted(rows, 'row')})" for reason, rows in self.reasons.most_common()
        )

    def as_json(self) -> dict:
        """For the catalogue and for scripts."""
        return {
            "rows": self.reasons.total(),
            "reasons": dict(self.reasons.most_common()),
            "first": [row._asdict() | {"text": self.texts.get(row, "")} for row in self.first],
        }
