"""Films that the same people rated alike."""

import numpy as np

from recommender.ratings import RatingMatrix

SHRINKAGE = 10  # co-ratings at which a similarity counts half: few in common prove little


def similar_movies(matrix: RatingMatrix, movie_id: int, n: int) -> list[int]:
    """The n films most like a film, best first; fewer where too few people rated it.

    Cosine of the two films' rating columns (stars, unrated as 0), times c / (c + 10) for c users who
    rated both (Koren, "Factorization meets the neighborhood", 2008).
    """
    column = int(matrix.columns([movie_id])[0])
    if column < 0:
        return []
    stars = matrix.csc[:, [column]]
    raters = matrix.csr[stars.indices]
    products = raters.T @ stars.data
    together = np.bincount(raters.indices, minlength=matrix.n_movies)
    together[column] = 0  # a film is not its own neighbour
    lengths = np.sqrt(matrix.counts * (matrix.deviations**2 + matrix.means**2))
    similarity = products / (lengths * lengths[column]) * together / (together + SHRINKAGE)
    best = np.argsort(-similarity, kind="stable")[:n]
    return matrix.movie_ids[best[together[best] > 1]].tolist()
