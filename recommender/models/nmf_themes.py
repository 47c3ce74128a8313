"""What the factors of NMF are about: each factor's films, and the genres that mark it."""

from dataclasses import dataclass

import numpy as np

from recommender.models.nmf import NMFRecommender
from recommender.models.ranking import best

WELL_KNOWN = 1000  # films that a theme may be shown by: of others, a few keen users decide
NAMED_BY = 30  # of a theme's strongest films
GENRES = 2  # at most in a name
LEAST_SHARE = 0.4  # of those films that a genre in the name must mark
PRIOR_FILMS = 5.0  # of the catalogue, added to those films so that rare genres need more evidence


@dataclass(frozen=True)
class MovieTheme:
    """factor: its place in factors_. genres: that mark it most, perhaps none.

    years: the middle half of its films' release years, None where none is known. movie_ids: its
    strongest films, best first.
    """

    factor: int
    genres: tuple[str, ...]
    years: tuple[int, int] | None
    movie_ids: tuple[int, ...]


def movie_themes(model: NMFRecommender, n: int = 8) -> list[MovieTheme]:
    """Each factor's n strongest films of the 1,000 most rated, the most rated factor first.

    A film's strength is its weight in the factor times the share of its weights that lie there, all
    factors scaled alike: a blockbuster that is a little of everything stands for nothing.
    """
    lengths = np.linalg.norm(model.factors_, axis=1, keepdims=True)
    weights = model.factors_ / np.where(lengths > 0, lengths, 1)
    totals = weights.sum(axis=0)
    strengths = weights**2 / np.where(totals > 0, totals, 1)
    strengths[:, model.matrix_.by_popularity[WELL_KNOWN:]] = 0
    order = np.argsort(-(weights @ model.matrix_.counts), kind="stable")
    return [
        _theme(model, int(factor), strengths[factor], n)
        for factor in order
        if strengths[factor].any()
    ]


def _theme(model: NMFRecommender, factor: int, strengths: np.ndarray, n: int) -> MovieTheme:
    matrix = model.matrix_
    strongest = best(strengths, matrix.counts, max(NAMED_BY, n), strengths > 0)
    genres = _marking(matrix.genre_flags[strongest[:NAMED_BY]], _shares(matrix))
    names = tuple(matrix.genre_names[genre] for genre in genres)
    years = matrix.release_years[strongest[:NAMED_BY]]
    movie_ids = tuple(matrix.movie_ids[strongest[:n]].tolist())
    return MovieTheme(factor, names, _middle_half(years), movie_ids)


def _middle_half(years: np.ndarray) -> tuple[int, int] | None:
    known = years[~np.isnan(years)]
    if not len(known):
        return None
    first, last = np.percentile(known, [25, 75])
    return round(first), round(last)


def _shares(matrix) -> np.ndarray:
    """Each genre's share of the films as they are rated (n_genres,)."""
    return matrix.counts @ matrix.genre_flags / matrix.counts.sum()


def _marking(flags: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """The genres most over-represented among these films (n, n_genres): by share over the usual."""
    share = flags.mean(axis=0) if len(flags) else np.zeros_like(usual)
    lift = (flags.sum(axis=0) + PRIOR_FILMS * usual) / ((len(flags) + PRIOR_FILMS) * usual)
    enough = np.flatnonzero((share >= LEAST_SHARE) & (lift > 1))
    return enough[np.argsort(-lift[enough], kind="stable")][:GENRES]
