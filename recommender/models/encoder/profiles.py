"""Profiles as the network's input: sparse rows to learn from, sums of vectors to answer with."""

from collections.abc import Sequence

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import HIGHEST, RatingMatrix
from recommender.models.encoder.film_features import film_features

LEVELS = int(HIGHEST)  # whole stars: halves count as the next whole star
SCALE = 2.0  # of the sum over a profile of n films, with 1/√n
USUAL, PRIOR = 3.5, 2.0  # stars, and how many ratings of these every profile's mean starts with


class Inputs:
    """A profile's place in the embedding, linear in `weights` (n_inputs, n_factors).

    With n films, c a film's features and d = (stars − the profile's mean) / 2, a profile is
    2/√n · Σ [ film × whole stars + d · film + (1 + 2d) · c ] of the rows of `weights`: `LEVELS`
    blocks of a row for each known film, a block of one more, and a row for each feature. Films
    that are not known come in by their features alone. The mean is drawn to 3.5 stars, so that
    one star for all that was given differs from five.
    """

    def __init__(self, matrix: RatingMatrix, films: np.ndarray):
        """films: columns of the known films, ascending."""
        self.features = film_features(matrix)
        self.n_films = len(films)
        self.places = np.full(matrix.n_movies, -1)
        self.places[films] = np.arange(self.n_films)
        self.n_inputs = (LEVELS + 1) * self.n_films + self.features.shape[1]

    def rows(self, columns: Sequence[np.ndarray], stars: Sequence[np.ndarray]) -> sparse.csr_array:
        """Profiles as rows (n_profiles, n_inputs) float32, to be multiplied by `weights`."""
        lengths = np.array([len(given) for given in columns])
        rows = np.repeat(np.arange(len(lengths)), lengths)
        films, given = np.concatenate(columns), np.concatenate(stars).astype(float)
        means = _mean(np.bincount(rows, given, len(lengths)), lengths)
        deviations = (given - means[rows]) / 2
        scales = (SCALE / np.sqrt(lengths))[rows]
        places, known = self.places[films], self.places[films] >= 0
        of_films = sparse.coo_array(
            (
                np.concatenate([scales[known], (scales * deviations)[known]]),
                (
                    np.concatenate([rows[known]] * 2),
                    np.concatenate([self._levels(places, given)[known], self._last(places)[known]]),
                ),
            ),
            shape=(len(lengths), (LEVELS + 1) * self.n_films),
        )
        shares = sparse.csr_array(
            (scales * (1 + 2 * deviations), (rows, np.arange(len(rows)))),
            shape=(len(lengths), len(rows)),
        )
        of_features = shares @ self.features[films]
        return sparse.hstack([of_films, of_features]).tocsr().astype(np.float32)

    def embed(
        self, weights: np.ndarray, columns: np.ndarray, stars: np.ndarray, kept: np.ndarray
    ) -> np.ndarray:
        """Parts of one profile, by `kept` (n, n_rated), ones and zeros: (n, n_factors).

        As `rows` times `weights`, but with the means taken out of the sum: a film adds its level
        and its features once, and its slope times (stars − mean) / 2. Zeros for no film.
        """
        places, known = self.places[columns], self.places[columns] >= 0
        features = self.features[columns] @ weights[(LEVELS + 1) * self.n_films :]
        levels = weights[self._levels(places, stars)] * known[:, None] + features
        slopes = weights[self._last(places)] * known[:, None] + 2 * features
        n = kept.sum(axis=1, keepdims=True)
        means = _mean(kept @ stars[:, None], n)
        sums = kept @ (levels + slopes * stars[:, None] / 2) - means / 2 * (kept @ slopes)
        return SCALE / np.sqrt(n.clip(min=1)) * sums

    def _levels(self, places: np.ndarray, stars: np.ndarray) -> np.ndarray:
        return (np.ceil(stars).astype(int) - 1) * self.n_films + places

    def _last(self, places: np.ndarray) -> np.ndarray:
        return LEVELS * self.n_films + places


def _mean(total: np.ndarray, n: np.ndarray) -> np.ndarray:
    return (total + PRIOR * USUAL) / (n + PRIOR)
