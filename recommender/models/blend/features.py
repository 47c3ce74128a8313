"""What the second stage knows of a candidate: the film, the visitor, and how they meet."""

import numpy as np

from recommender.data.rating_matrix import LIKED, RatingMatrix

PRIOR = 5.0  # ratings of average stars that every film, and films that every genre, starts with


class FilmFeatures:
    """What is known of each film, whoever asks. `table` (n_movies, 6) is all that must be kept."""

    def __init__(self, matrix: RatingMatrix, table: np.ndarray):
        self.table = table
        self.fame, self.means = table[:, 0], table[:, 2]
        self.years = _filled(matrix.release_years)
        self.genres = matrix.genre_flags.astype(float)
        self.genre_counts = self.genres.sum(axis=1).clip(min=1)

    @classmethod
    def of(cls, matrix: RatingMatrix) -> "FilmFeatures":
        """Log shares of users who rated and who like it; mean; deviation; share of likes; year."""
        counts = matrix.counts
        likes = np.bincount(matrix.csr.indices, matrix.csr.data >= LIKED, matrix.n_movies)
        means = (counts * matrix.means + PRIOR * matrix.overall_mean) / (counts + PRIOR)
        columns = [
            np.log((counts + 0.5) / matrix.n_users),
            np.log((likes + 0.5) / matrix.n_users),
            means,
            matrix.deviations,
            (likes + PRIOR / 2) / (counts + PRIOR),
            _filled(matrix.release_years),
        ]
        return cls(matrix, np.column_stack(columns))


def features(
    films: FilmFeatures,
    scores: np.ndarray,
    columns: np.ndarray,
    stars: np.ndarray,
    candidates: np.ndarray,
) -> np.ndarray:
    """One row per candidate (columns of films), float32, without missing values.

    First the z-score by each member of the first stage, and their sum. (Ranks add nothing.)
    scores (n_members, n_movies): the first stage's. columns, stars: the visitor's ratings.
    """
    z_scores = scores[:, candidates]
    blocks = [
        *z_scores,
        z_scores.sum(axis=0),
        *films.table[candidates].T,
        *_genres(films, columns, stars, candidates),
        *_years(films.years, columns, stars, candidates),
        *_profile(films, columns, stars),
    ]
    table = np.empty((len(candidates), len(blocks)), np.float32)
    for place, block in enumerate(blocks):
        table[:, place] = block
    return table


def _genres(films: FilmFeatures, columns, stars, candidates) -> list[np.ndarray]:
    """How the film's genres were rated, against the visitor's mean and the films', and how often.

    Means over the film's genres; the first also at its highest and lowest. And how alike the film's
    genres are to the liked and the other films' (Jaccard index: mean, and highest of the liked).
    """
    rated, asked = films.genres[columns], films.genres[candidates]
    own, others = (
        (gain @ rated) / (rated.sum(axis=0) + PRIOR)
        for gain in (stars - stars.mean(), stars - films.means[columns])
    )
    n = films.genre_counts[candidates]
    shared = asked @ rated.T
    alike = shared / (n[:, None] + films.genre_counts[columns] - shared)
    liked, rest = alike * (stars >= LIKED), alike * (stars < LIKED)
    return [
        asked @ own / n,
        (asked * own).max(axis=1, initial=0),
        (asked * own).min(axis=1, initial=0),
        asked @ others / n,
        asked @ rated.mean(axis=0) / n,
        liked.sum(axis=1) / max(1, np.sum(stars >= LIKED)),
        rest.sum(axis=1) / max(1, np.sum(stars < LIKED)),
        liked.max(axis=1),
    ]


def _years(years: np.ndarray, columns, stars, candidates) -> list[np.ndarray]:
    """Years from the profile's mean, from its best films' mean, from its newest, to its nearest."""
    asked, rated = years[candidates], years[columns]
    best = rated[stars == stars.max()].mean()
    return [
        asked - rated.mean(),
        np.abs(asked - best),
        asked - rated.max(),
        np.abs(asked[:, None] - rated).min(axis=1),
    ]


def _profile(films: FilmFeatures, columns, stars) -> list[float]:
    """Who asks: size, mean, spread, share of likes, mildness; fame and age of the films."""
    return [
        len(stars),
        stars.mean(),
        stars.std(),
        np.mean(stars >= LIKED),
        np.mean(stars - films.means[columns]),
        films.fame[columns].mean(),
        films.years[columns].mean(),
    ]


def _filled(years: np.ndarray) -> np.ndarray:
    """Years with the median in place of the unknown; zeros where all are unknown."""
    known = years[~np.isnan(years)]
    return np.where(np.isnan(years), np.median(known) if len(known) else 0, years)
