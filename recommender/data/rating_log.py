"""The ratings of a dataset one by one, with their time: what evaluation splits."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags


@dataclass(frozen=True, eq=False)
class RatingLog:
    """Aligned arrays (n_ratings,), in the order of the file, or by user and film from a database.

    stars: float32, 0.5 to 5. seconds: since 1970, UTC. movies: as RatingMatrix takes them.
    fingerprint: the dataset's, the same from its file as from the database. all_users: how many the
    dataset has, where the log is of some of them only.
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
    all_users: int | None = None

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
