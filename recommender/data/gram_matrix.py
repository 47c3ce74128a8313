"""The products of films' columns, XᵀX, made for a block of films at a time."""

from collections.abc import Iterator

import numpy as np
from scipy import sparse

BLOCK = 256  # films whose products with others are made at once, which bounds the memory


def products(seen: sparse.csc_array) -> Iterator[tuple[int, np.ndarray]]:
    """XᵀX of X (n_users, n) block by block, on the diagonal and below it: it is symmetric.

    Of each block the place of its first film, and the products (n − place, at most BLOCK) of its
    films (columns) with themselves and all after them (rows).
    """
    for start in range(0, seen.shape[1], BLOCK):
        films = seen[:, start:]
        yield start, (films.T @ films[:, :BLOCK]).toarray()
