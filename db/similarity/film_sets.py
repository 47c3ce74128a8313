"""Films by all that filters know of them: their genres and their release year."""

import numpy as np
import pandas as pd
from scipy import sparse


class FilmSets:
    """The sets of films that filters can't tell apart, numbered from 0.

    movies: movie_id, release_year (missing: unknown) and genre_mask of every film; others that are
    rated are of no genre and of unknown year.
    """

    def __init__(self, movies: pd.DataFrame) -> None:
        self.films = pd.Index(movies["movie_id"].to_numpy(np.int64))
        by_set = movies.groupby(["release_year", "genre_mask"], dropna=False)
        sets = by_set.size().index.to_frame(index=False)
        numbers = np.append(by_set.ngroup(), len(sets))
        self.numbers = numbers.astype(np.min_scalar_type(len(sets)))
        """By film, at last that of films that are not listed."""
        self.genre_masks = np.append(sets["genre_mask"].to_numpy(np.int64), 0)
        self.release_years = np.append(
            sets["release_year"].fillna(0).to_numpy(np.int16), np.int16(0)
        )
        """0 where unknown."""
        self.genres = np.arange(int(self.genre_masks.max()).bit_length())
        self.years = np.unique(self.release_years[self.release_years != 0])

    def of(self, movie_ids: np.ndarray) -> np.ndarray:
        """The number of each film's set."""
        return self.numbers[self.films.get_indexer(movie_ids)]

    def features(self) -> sparse.csr_array:
        """Sets × (all films, each of `genres`, each of `years`): 1 where the set is in it."""
        every = np.ones((len(self.genre_masks), 1))
        in_genre = self.genre_masks[:, None] >> self.genres & 1
        in_year = self.release_years[:, None] == self.years
        return sparse.csr_array(np.hstack([every, in_genre, in_year]).astype(np.int32))
