"""A name for a dataset's content: the same ratings and films give the same one in any order.

Models and caches are kept by it. It guards against mix-ups, not against forgery.
"""

import hashlib
from collections.abc import Sequence

import numpy as np
import pandas as pd

SEEDS = np.array([0x9E3779B97F4A7C15, 0xD1B54A32D192ED03], dtype=np.uint64)


FILM = ("movie_id", "title", "release_year", "genres", "imdb_id", "tmdb_id", "original_id")


class Fingerprint:
    """Adds up a 128-bit hash of every row, so pieces may come in any order and size.

    content: the sums of a dataset to go on with, from `content` of its fingerprint.
    """

    def __init__(self, content: bytes | None = None) -> None:
        self.sums = np.zeros(2, np.uint64)
        self.rows = 0
        if content is not None:
            self.sums += np.frombuffer(content[:16], "<u8")
            self.rows = int.from_bytes(content[16:], "little")

    def add_ratings(self, *columns: np.ndarray) -> None:
        """Add rows of whole numbers, given by column, always in the same order of columns."""
        self.sums += self._hashes(columns)
        self.rows += len(columns[0])

    def remove_ratings(self, *columns: np.ndarray) -> None:
        """Take away rows that were added."""
        self.sums -= self._hashes(columns)
        self.rows -= len(columns[0])

    @staticmethod
    def _hashes(columns: Sequence[np.ndarray]) -> np.ndarray:
        sums = np.zeros(2, np.uint64)
        for i, seed in enumerate(SEEDS):
            hashes = np.full(len(columns[0]), seed)
            for column in columns:
                hashes = _mixed(hashes + column.astype(np.uint64))
            sums[i] = hashes.sum(dtype=np.uint64)
        return sums

    def add(self, other: "Fingerprint") -> None:
        """Add all rows of another."""
        self.sums += other.sums
        self.rows += other.rows

    def add_tags(self, *columns: np.ndarray) -> None:
        """Add tags by column: whole numbers, and at last the texts."""
        texts = pd.util.hash_array(columns[-1].astype(object), categorize=False)
        self.add_ratings(*columns[:-1], texts)

    def add_movies(self, movies: pd.DataFrame) -> None:
        """Add films by the text of what a source has of them."""
        known = movies.reindex(columns=FILM).astype(object)
        for row in known.where(known.notna(), None).itertuples(index=False):
            texts = ["" if value is None else str(value) for value in row]
            digest = hashlib.blake2b("\x1f".join(texts).encode(), digest_size=16).digest()
            self.sums += np.frombuffer(digest, "<u8")
        self.rows += len(movies)

    @property
    def content(self) -> bytes:
        """The sums."""
        return self.sums.astype("<u8").tobytes() + self.rows.to_bytes(8, "little")

    def hexdigest(self) -> str:
        """32 hexadecimal digits."""
        return hashlib.blake2b(self.content, digest_size=16).hexdigest()


def _mixed(hashes: np.ndarray) -> np.ndarray:
    """The finaliser of splitmix64 (Steele, Lea & Flood, 2014): it scatters every input bit."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))
