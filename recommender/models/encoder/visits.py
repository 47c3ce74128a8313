"""Training users shown as visitors: what they give, and what they like of the rest."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommender.data.rating_matrix import HIGHEST, LIKED, RatingMatrix
from recommender.questions.quick_start import WELL_KNOWN

FROM_WELL_KNOWN = 0.6  # of the visits that have no theme
MOST_GIVEN, MOST_OF_ANY = 15, 25  # of well-known films or of a theme; of any films
LONGEST = 0.35  # of the visits give as many films as they may; the others mostly few
FEWEST_OF_THEME = 4  # with fewer films given, a visitor may well want others too


@dataclass(frozen=True, eq=False)
class Visit:
    """given, wanted: columns, with the stars that the user gave."""

    given: np.ndarray
    stars: np.ndarray
    wanted: np.ndarray
    wanted_stars: np.ndarray


class Visits:
    """Draws visits of users. At most half of the films that a user could give are given.

    `themed` of them, where the user likes enough films of a genre, give films liked of one genre
    (any that the user knows so well, with equal chances) and want all others liked of it and no
    further ones: so a profile of one taste brings films of this taste. All others give well-known
    films or any films, and want whatever else is liked.
    """

    def __init__(self, matrix: RatingMatrix, themed: float, rng: np.random.Generator):
        self.matrix = matrix
        self.themed = themed
        self.rng = rng
        self.well_known = np.zeros(matrix.n_movies, dtype=bool)
        self.well_known[matrix.by_popularity[:WELL_KNOWN]] = True

    def of(self, rows: np.ndarray) -> Iterator[Visit]:
        """One visit of each of these users, but of those who have nothing to give or to want."""
        for row in rows:
            if visit := self._visit(row):
                yield visit

    def _visit(self, row: int) -> Visit | None:
        csr = self.matrix.csr
        ratings = slice(csr.indptr[row], csr.indptr[row + 1])
        films, stars = csr.indices[ratings], csr.data[ratings]
        wanted = stars >= LIKED
        of_theme = self._theme(films, wanted)
        if len(of_theme) and self.rng.random() < self.themed:
            given = self._drawn(of_theme, MOST_GIVEN, FEWEST_OF_THEME)
            wanted = np.isin(np.arange(len(films)), of_theme)
        else:
            given = self._any(films)
        wanted[given] = False
        if not len(given) or not wanted.any():
            return None
        return Visit(films[given], stars[given], films[wanted], stars[wanted])

    def _theme(self, films: np.ndarray, liked: np.ndarray) -> np.ndarray:
        """Places of the films liked of one genre, at least twice the fewest; none where none is."""
        flags = self.matrix.genre_flags[films] & liked[:, None]
        genres = np.flatnonzero(flags.sum(axis=0) >= 2 * FEWEST_OF_THEME)
        return np.flatnonzero(flags[:, self.rng.choice(genres)]) if len(genres) else genres

    def _any(self, films: np.ndarray) -> np.ndarray:
        known = np.flatnonzero(self.well_known[films])
        if self.rng.random() < FROM_WELL_KNOWN and len(known) > 1:
            return self._drawn(known, MOST_GIVEN)
        return self._drawn(np.arange(len(films)), MOST_OF_ANY)

    def _drawn(self, places: np.ndarray, most: int, fewest: int = 1) -> np.ndarray:
        """At most half of the places; none where there is but one."""
        longest = min(most, len(places) // 2)
        n = longest
        if self.rng.random() >= LONGEST:
            n = min(longest, max(fewest, 1 + int(self.rng.random() ** 2 * longest)))
        return self.rng.permutation(places)[:n]


def worth(stars: np.ndarray) -> np.ndarray:
    """How much a wanted film counts: 5 stars 1, 4 stars 0.8."""
    return 1 - 0.2 * (HIGHEST - stars)
