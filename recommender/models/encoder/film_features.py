"""What films share with others, whoever rated them: genres and decades."""

import numpy as np
from scipy import sparse

from recommender.data.rating_matrix import RatingMatrix

YEARS = 10


def film_features(matrix: RatingMatrix) -> sparse.csr_array:
    """Ones where a film (row) is of a genre, then of a decade (columns); float32.

    Decades in ascending order, as far as there are films of them; a film of unknown year has none.
    """
    decades = matrix.release_years // YEARS
    different = np.unique(decades[~np.isnan(decades)])
    blocks = [matrix.genre_flags, decades[:, None] == different]
    return sparse.csr_array(np.hstack(blocks).astype(np.float32))
