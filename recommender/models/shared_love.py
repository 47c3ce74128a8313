"""What else those love who love a film, from the ratings themselves."""

from dataclasses import dataclass

import numpy as np

from recommender.data.rating_matrix import RatingMatrix

LOVED = 4.5  # stars at least
FEW = 10  # who love both, below which it may be chance
MOST = 3000  # who are asked, spread evenly over all who love the film, so that fame costs no time


@dataclass(frozen=True)
class SharedLove:
    """A film that `share` of those who love another love too."""

    movie_id: int
    share: float


def loved_by_the_same(matrix: RatingMatrix, movie_id: int, n: int = 10) -> list[SharedLove]:
    """The films that stand out among those loved by who loves this one; none if few do.

    By k log(k / e): k who love both, e as many as would rate it if they were like all users
    (the log-likelihood ratio of Dunning, 1993, without the term of who does not).
    """
    column = matrix.columns([movie_id])[0]
    lovers = _lovers(matrix, column) if column >= 0 else np.array([], int)
    if len(lovers) < FEW:
        return []
    theirs = matrix.csr[lovers]
    both = np.bincount(theirs.indices[theirs.data >= LOVED], minlength=matrix.n_movies)
    expected = len(lovers) * matrix.counts / matrix.n_users
    standing = np.zeros(matrix.n_movies)
    enough = both >= FEW
    standing[enough] = both[enough] * np.log(both[enough] / expected[enough])
    standing[~matrix.without([movie_id])] = 0
    best = np.argsort(-standing, kind="stable")[:n]
    return [
        SharedLove(int(matrix.movie_ids[each]), float(both[each] / len(lovers)))
        for each in best
        if standing[each] > 0
    ]


def _lovers(matrix: RatingMatrix, column: int) -> np.ndarray:
    """The rows of at most MOST users who love the film."""
    ratings = slice(matrix.csc.indptr[column], matrix.csc.indptr[column + 1])
    users = matrix.csc.indices[ratings][matrix.csc.data[ratings] >= LOVED]
    return users[np.linspace(0, len(users) - 1, MOST).astype(int)] if len(users) > MOST else users
