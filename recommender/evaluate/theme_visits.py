"""Visitors who like one kind of film, and say so."""

from collections.abc import Iterator

import numpy as np

from recommender.data.rating_matrix import HIGHEST, RatingMatrix
from recommender.evaluate.splits import FilmTheme, Visitor, folds

LIKES = 8  # films of a profile
PROFILES = 5  # of each theme
BEST_KNOWN = 50  # films of a theme that are drawn from
FEWEST_TAGGING = 5  # users who gave a tag: what one alone calls films is no theme
FEWEST_FILMS = 20
TAGS = 30  # the most given ones


def theme_folds(
    matrix: RatingMatrix, n_folds: int = 5, seed: int = 0
) -> Iterator[tuple[RatingMatrix, list[Visitor]]]:
    """The matrix without each fifth of the users, and visitors to each, drawn anew.

    Nobody need be held out from made-up visitors; but one fit is like one throw of a die.
    """
    first = 0
    for number, (training_rows, _) in enumerate(folds(matrix.n_users, n_folds, seed)):
        training = matrix.take_users(training_rows)
        visitors = theme_visits(training, seed + number, first)
        first += len(visitors)
        yield training, visitors


def theme_visits(matrix: RatingMatrix, seed: int = 0, first: int = 0) -> list[Visitor]:
    """Made-up visitors: five for each genre, and for each of at most 30 tags where there are tags.

    Each gives five stars to eight films, drawn from the 50 most rated of the theme; nothing else is
    known of them. Relevant are the theme's other films. Themes of fewer than 20 films are left out.
    Their ids count from `first`.
    """
    rng = np.random.default_rng(seed)
    profiles = ((theme, each) for theme in themes(matrix) for each in _profiles(matrix, theme, rng))
    return [
        Visitor(number, given, np.array([*given]), _others(theme, given), theme=theme)
        for number, (theme, given) in enumerate(profiles, start=first)
    ]


def themes(matrix: RatingMatrix) -> Iterator[FilmTheme]:
    """Genres, then tags, of at least 20 films."""
    for column, name in enumerate(matrix.genre_names):
        films = matrix.movie_ids[matrix.genre_flags[:, column]]
        if len(films) >= FEWEST_FILMS:
            yield FilmTheme("genre", name, films)
    for name, tagged in _tagged(matrix):
        films = matrix.movie_ids[np.isin(matrix.movie_ids, tagged)]
        if len(films) >= FEWEST_FILMS:
            yield FilmTheme("tag", name, films)


def _tagged(matrix: RatingMatrix) -> Iterator[tuple[str, np.ndarray]]:
    """The most given tags, with the ids of their films."""
    tags = matrix.tags
    pairs = np.unique(np.column_stack([tags.codes, tags.user_ids]), axis=0)
    users = np.bincount(pairs[:, 0], minlength=len(tags.names))
    often = np.bincount(tags.codes, minlength=len(tags.names)) * (users >= FEWEST_TAGGING)
    for code in np.argsort(-often, kind="stable")[:TAGS]:
        if often[code]:
            yield tags.names[code], np.unique(tags.movie_ids[tags.codes == code])


def _profiles(matrix: RatingMatrix, theme: FilmTheme, rng: np.random.Generator):
    columns = matrix.columns(theme.movie_ids.tolist())
    known = columns[np.argsort(-matrix.counts[columns], kind="stable")][:BEST_KNOWN]
    for _ in range(PROFILES):
        films = matrix.movie_ids[rng.permutation(known)[:LIKES]]
        yield dict.fromkeys(films.tolist(), HIGHEST)


def _others(theme: FilmTheme, given: dict[int, float]) -> np.ndarray:
    return np.setdiff1d(theme.movie_ids, [*given])
