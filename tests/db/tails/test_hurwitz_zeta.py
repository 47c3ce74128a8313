"""Hurwitz's zeta function against SciPy's."""

import numpy as np
import pytest
from scipy.special import zeta

from db.tails.hurwitz_zeta import FAR, hurwitz_zeta


@pytest.mark.parametrize("s", [1.001, 1.5, 2.0, 3.7, 8.0])
def test_it_is_scipys(s):
    q = np.array([1, 2, FAR - 1, FAR, FAR + 1, 100, 1e4, 1e9])
    assert hurwitz_zeta(s, q) == pytest.approx(zeta(s, q), rel=1e-11)


def test_each_pair_of_rows_and_columns():
    s, q = np.array([[1.5], [2.5]]), np.array([3.0, 300.0, 5.0])
    assert hurwitz_zeta(s, q) == pytest.approx(zeta(s, q), rel=1e-11)
    assert hurwitz_zeta(2.0, 1.0) == pytest.approx(np.pi**2 / 6)
