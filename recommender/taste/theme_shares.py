"""A person's taste as NMF sees it: how much of it lies in each theme."""

import numpy as np

from recommender.models.base import Profile
from recommender.models.nmf import NMFRecommender


def theme_shares(model: NMFRecommender, profile: Profile) -> tuple[np.ndarray, np.ndarray]:
    """Each theme's share of the stars that NMF expects of a person, and of everybody together.

    Both (n_factors,) as in model.factors_, of sum 1; zeros where no film of the profile is known.
    """
    matrix = model.matrix_
    columns, stars = matrix.columns(profile), np.array(list(profile.values()), dtype=float)
    person = model.fold_in(columns[columns >= 0], stars[columns >= 0])
    everybody = model.fold_in(np.arange(matrix.n_movies), matrix.means * matrix.counts)
    return _shares(model, person), _shares(model, everybody)


def _shares(model: NMFRecommender, weights: np.ndarray) -> np.ndarray:
    expected = weights * model.factors_.sum(axis=1)
    return expected / (expected.sum() or 1)
