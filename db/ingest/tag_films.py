"""Which films carry which tag, whoever gave it."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.store.text_copy import copy_rows

BATCH = 1 << 20  # pairs to look through for repeated ones at a time
MOVIE, MOVIE_BITS = 32, (1 << 32) - 1  # of a pair's number


class TagFilms:
    """Collects pairs of tag and film, and then fills table tag_films.

    Tags of one `same_tag` are one.
    """

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        """Of each tag, which comes as text as often as it is given: a dozen times on MovieLens."""
        self.pairs = np.empty(0, np.int64)
        """Tag's number << 32 | movie_id: sorted, each once."""
        self.waiting: list[np.ndarray] = []

    def add(self, movie_ids: np.ndarray, tags: np.ndarray) -> None:
        """Take pairs, some of which may have come before; tags of str."""
        places, names = pd.factorize(same_tag(pd.Series(tags, dtype=object)))
        numbers = [self.numbers.setdefault(name, len(self.numbers)) for name in names]
        self.waiting.append(np.array(numbers, np.int64)[places] << MOVIE | movie_ids)
        if sum(map(len, self.waiting)) >= BATCH:
            self._merge()

    def _merge(self) -> None:
        self.pairs = np.unique(np.concatenate([self.pairs, *self.waiting]))
        self.waiting.clear()

    def copy(self, connection: Connection, new: bool = True) -> None:
        """Append to the table a row a tag, its films ascending; new: as for copy_rows."""
        self._merge()
        ends = np.searchsorted(self.pairs, np.arange(len(self.numbers) + 1) << MOVIE)
        of = {
            tag: self.pairs[ends[number] : ends[number + 1]] for tag, number in self.numbers.items()
        }
        rows = ((tag, len(of[tag]), _array(of[tag])) for tag in sorted(of) if tag)
        copy_rows(connection, "tag_films (tag, films, movie_ids)", rows, new)


def same_tag(tags: pd.Series) -> pd.Series:
    """Tags without what does not tell them apart: case, and blanks around them."""
    return tags.str.strip().str.lower()


def _array(pairs: np.ndarray) -> str:
    """Their films as PostgreSQL writes an integer[]."""
    return f"{{{','.join(map(str, (pairs & MOVIE_BITS).tolist()))}}}"
