"""Each film's most similar films, as two plain arrays that can be mapped into memory."""

from collections.abc import Callable

import numpy as np

BLOCK = 512  # films compared with all others at once, which bounds memory


def nearest_films(
    n_movies: int, k: int, similarities: Callable[[np.ndarray], np.ndarray]
) -> tuple[np.ndarray, np.ndarray]:
    """The k most similar films of each, ascending (n_movies, k), and how similar they are, float32.

    similarities(films) gives the similarity of some films to all (n_films, n_movies). No film is
    its own neighbour, and a similarity below zero is kept as zero: no likeness.
    """
    k = min(k, n_movies)
    neighbours = np.empty((n_movies, k), np.int32)
    values = np.empty((n_movies, k), np.float32)
    for start in range(0, n_movies, BLOCK):
        films = np.arange(start, min(start + BLOCK, n_movies))
        block = similarities(films)
        block[np.arange(len(films)), films] = 0
        nearest = np.sort(np.argpartition(-block, k - 1, axis=1)[:, :k], axis=1)
        neighbours[films] = nearest
        values[films] = np.take_along_axis(block, nearest, axis=1).clip(min=0)
    return neighbours, values


def similarities_between(
    neighbours: np.ndarray, values: np.ndarray, films: np.ndarray, targets: np.ndarray
) -> np.ndarray:
    """How similar each target is to each film, 0 where it is no neighbour: (n_targets, n_films)."""
    same = neighbours[films] == targets[:, None, None]  # (n_targets, n_films, k)
    return (same * values[films]).sum(axis=2, dtype=float)


def add_up(neighbours: np.ndarray, weights: np.ndarray, n_movies: int) -> np.ndarray:
    """The sum of the weights (n, k) that films give to their neighbours (n, k): (n_movies,)."""
    return np.bincount(neighbours.ravel(), weights=weights.ravel(), minlength=n_movies)
