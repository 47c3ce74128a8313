"""Films whose title and year have every word of a search, found in memory.

PostgreSQL would look at each title for this, twice.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from threading import Lock
from typing import Self

import numpy as np
from cachetools import LRUCache, cached
from sqlalchemy import Connection

from db.queries.frames import frame
from db.queries.joined_texts import JoinedTexts
from db.store.engine import dataset

DATASETS = 2  # of which an index is kept
FILMS = """
    select movie_id, search_text as title from movies join movie_totals using (movie_id)
    order by ratings desc, movie_id
"""


@dataclass(frozen=True, eq=False)
class WordIndex:
    """texts: folded title and year of each film, famous ones first; joined: the same."""

    movie_ids: np.ndarray
    texts: list[str]
    joined: JoinedTexts

    @classmethod
    def of(cls, movie_ids: Iterable[int], texts: Iterable[str]) -> Self:
        """Of films in the order of their fame."""
        lines = [text.replace("\n", " ") for text in texts]
        return cls(np.array(list(movie_ids), int), lines, JoinedTexts.of(lines))

    def find(self, plain: str, limit: int) -> list[int]:
        """Movie_ids of films with every word of a folded text, at most `limit`.

        First those that begin with the text, then the others; each by fame.
        """
        words = sorted(plain.split(), key=len, reverse=True)
        if not words:
            return self.movie_ids[:limit].tolist()
        first = self.joined.beginning(plain)
        places = chain(first, (place for place, _ in self.joined.having(words[0])))
        return self.movie_ids[list(islice(self._with_all(words, places), limit))].tolist()

    def _with_all(self, words: list[str], places: Iterable[int]) -> Iterator[int]:
        """Each of the places once whose film has every word."""
        seen = set[int]()
        for place in places:
            if place not in seen and all(word in self.texts[place] for word in words):
                yield place
            seen.add(place)


def word_index(connection: Connection) -> WordIndex:
    """The index of the rated films of the current dataset."""
    return _index(dataset(connection).fingerprint, connection)


@cached(LRUCache(DATASETS), key=lambda fingerprint, connection: fingerprint, lock=Lock())
def _index(fingerprint: str, connection: Connection) -> WordIndex:
    films = frame(connection, FILMS, {})
    return WordIndex.of(films["movie_id"], films["title"])
