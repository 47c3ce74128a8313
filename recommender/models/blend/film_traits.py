"""What kind of film it is, whoever rated it: genres, language, age."""

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix

OTHER_TITLE = r"\((?!\d{4}\)|a\.k\.a)[^)]*\)"
ERA = 20  # years that two films of one time lie apart, at most


def foreign(matrix: RatingMatrix) -> np.ndarray:
    """Whether each film has a foreign title (n_movies,).

    MovieLens gives that in brackets: "Wings of Desire (Himmel über Berlin, Der) (1987)". Of titles
    written otherwise nobody can tell.
    """
    return matrix.movies["title"].str.contains(OTHER_TITLE, regex=True).to_numpy(dtype=bool)


def kinds(matrix: RatingMatrix) -> np.ndarray:
    """Ones where a film (row) is of each genre or, last, foreign (columns)."""
    return np.column_stack([matrix.genre_flags, foreign(matrix)]).astype(np.float32)


def foreign_kinds(matrix: RatingMatrix) -> sparse.csr_array:
    """Ones where a film (row) is of a genre (column) and foreign: anime is foreign animation."""
    return sparse.csr_array((matrix.genre_flags & foreign(matrix)[:, None]).astype(float))


def of_one_time(years: np.ndarray, others: np.ndarray) -> np.ndarray:
    """How much films of some years (row) are of the same time as others (column), 0 to 1.

    1 in the same year, less with each year between. 0 where a year is unknown.
    """
    apart = np.abs(years[:, None] - others)
    return np.nan_to_num(1 - apart / ERA).clip(min=0).astype(np.float32)
