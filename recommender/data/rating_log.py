"""The ratings of a dataset one by one, with their time: what evaluation splits."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from db.ingest.in_memory import read_source
from db.ingest.sources.source import Source
from db.store.engine import dataset, reading
from db.store.training_data import all_movies, timed_ratings
from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags


@dataclass(frozen=True, eq=False)
class RatingLog:
    """Aligned arrays (n_ratings,), in the order of the file, or by user and film from a database.

    stars: float32, 0.5 to 5. seconds: since 1970, UTC. movies: as RatingMatrix takes them.
    fingerprint: the dataset's, the same from its file as from the database.
    """

    name: str
    fingerprint: str
    user_ids: np.ndarray
    movie_ids: np.ndarray
    stars: np.ndarray
    seconds: np.ndarray
    movies: pd.DataFrame | None = None
    tags: Tags = field(default_factory=Tags.none)
    order: str = "of the file"

    @classmethod
    def from_source(cls, source: Source) -> "RatingLog":
        """From files, without a database. Raises LoadError, as an import does."""
        read = read_source(source)
        users, films, half_stars, seconds, _ = read.ratings
        stars = half_stars.astype(np.float32) / 2
        tags = Tags.joined([piece[:4] for piece in read.tags])
        return cls(read.name, read.fingerprint, users, films, stars, seconds, read.movies, tags)

    @classmethod
    def from_database(cls) -> "RatingLog":
        """The current dataset, as of one moment. Raises NoDataset or DatabaseUnavailable."""
        with reading() as connection:
            about, movies = dataset(connection), all_movies(connection)
            columns = timed_ratings(connection)
            tags = Tags.from_database(connection)
        users, films, half_stars, seconds = columns.values()
        stars = half_stars.astype(np.float32) / 2
        given = (users, films, stars, seconds, movies, tags)
        return cls(about.name, about.fingerprint, *given, order="of user and film")

    def __len__(self) -> int:
        return len(self.stars)

    @cached_property
    def matrix(self) -> RatingMatrix:
        """All of it."""
        return self._matrix(slice(None), self.tags, self.fingerprint)

    def matrix_of(self, which: np.ndarray) -> RatingMatrix:
        """The ratings that a mask or array of indexes picks, without tags, for a model to learn."""
        return self._matrix(which, Tags.none())

    def before(self, date: int) -> RatingMatrix:
        """What there was before a date (seconds since 1970, UTC), for a model to learn."""
        return self._matrix(self.seconds < date, self.tags.only(self.tags.seconds < date))

    def _matrix(self, which: slice | np.ndarray, tags: Tags, fingerprint: str | None = None):
        picked = (self.user_ids[which], self.movie_ids[which], self.stars[which])
        return RatingMatrix.from_triplets(*picked, self.movies, fingerprint, tags)
