import numpy as np
import pytest
from scipy import sparse

from recommender.data.gram_matrix import BLOCK, products


def test_products_of_hand():
    """Film 0 has the ratings 2 and 1, film 1 has 3 of the first user: 2·2 + 1·1, 2·3, 3·3."""
    ((start, block),) = products(sparse.csc_array([[2.0, 3.0], [1.0, 0.0]]))
    assert start == 0 and block.tolist() == [[5, 6], [6, 9]]


@pytest.mark.parametrize("n", [BLOCK - 1, BLOCK, 2 * BLOCK + 88])
def test_blocks_are_all_on_the_diagonal_and_below(n):
    seen = np.random.default_rng(0).integers(0, 2, (40, n)).astype(np.float32)
    expected, found = seen.T @ seen, np.zeros((n, n))
    for start, block in products(sparse.csc_array(seen)):
        assert block.shape == (n - start, min(BLOCK, n - start)) and block.dtype == np.float32
        found[start:, start : start + BLOCK] = block
    assert (np.tril(found) == np.tril(expected)).all()
