"""Reasons by leaving out."""

import numpy as np
import pytest

from recommender.models import leave_one_out

pytestmark = pytest.mark.slow


def test_a_film_counts_what_the_score_loses_without_it():
    """Scores that are no sum: the square of what is kept, in another unit for each target."""
    worth, units = np.array([1.0, 2.0, 4.0]), np.array([1.0, 10.0, 100.0])

    def scores(kept, targets):
        return (kept @ worth)[:, None] ** 2 * units[targets]

    found = leave_one_out.losses(scores, 3, np.array([0, 2]))
    expected = np.array([49 - 36, 49 - 25, 49 - 9])
    assert np.array_equal(found, np.outer([1, 100], expected))


def test_many_films_come_in_parts_of_bounded_size():
    sizes = []

    def scores(kept, targets):
        sizes.append(len(kept))
        return kept @ np.arange(150.0)[:, None]

    found = leave_one_out.losses(scores, 150, np.array([0]))
    assert np.array_equal(found[0], np.arange(150.0))
    assert max(sizes) <= leave_one_out.ROWS


@pytest.mark.parametrize("key", ["encoder", "ease", "content", "user-cosine"])
def test_parts_of_a_profile_are_scored_as_if_they_were_all(models, matrix, key):
    """Together, for a whole profile, for it without each of its films, and for none of them."""
    films = [1, 260, 296, 318]
    columns, stars = matrix.columns(films), np.array([4.0, 1.0, 4.5, 5.0])
    kept = np.array([[1, 1, 1, 1], [0, 1, 1, 1], [1, 0, 0, 1], [0, 0, 0, 1]], float)
    found = models[key].scores(columns, stars, kept)
    for row, part in zip(found, kept.astype(bool), strict=True):
        rest = dict(zip(np.array(films)[part].tolist(), stars[part].tolist(), strict=True))
        assert row == pytest.approx(models[key].score(rest), abs=1e-4)
    assert np.isfinite(models[key].scores(columns, stars, np.zeros((1, 4)))).all()
