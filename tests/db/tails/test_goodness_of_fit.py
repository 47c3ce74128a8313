"""The bootstrap of Clauset, Shalizi & Newman on samples whose law is known."""

import numpy as np
import pytest
from scipy.special import zeta
from scipy.stats import zipf

from db.tails.goodness_of_fit import _of_law, goodness_of_fit


def counted(values):
    x, w = np.unique(np.asarray(values, np.int64), return_counts=True)
    return x, w.astype(float)


def mixed(body, tail):
    """Of a power law from 20 on, below it of none."""
    chance = np.random.default_rng(7)
    beyond = _of_law(chance, 2.4, 20, tail)
    return counted(np.append(chance.integers(1, 20, body), np.repeat(*beyond)))


@pytest.mark.parametrize(
    "counts",
    [counted(zipf.rvs(1.8, size=20_000, random_state=1)), mixed(body=8_000, tail=6_000)],
    ids=["from 1 on", "from 20 on"],
)
def test_a_power_law_is_plausible(counts):
    assert goodness_of_fit(*counts) > 0.1


@pytest.mark.parametrize("seed", range(3))
def test_a_lognormal_is_ruled_out(seed):
    values = np.random.default_rng(seed).lognormal(3, 0.6, 200_000).round()
    assert goodness_of_fit(*counted(values[values > 0])) < 0.05


@pytest.mark.slow
def test_it_is_as_often_small_as_chance_has_it():
    """Of samples of the law itself p is uniform, but for the choice of the minimum."""
    found = [
        goodness_of_fit(*counted(zipf.rvs(2.2, size=2_000, random_state=seed)), samples=50)
        for seed in range(40)
    ]
    assert np.mean(found) == pytest.approx(0.5, abs=0.15)
    assert np.mean(np.array(found) < 0.1) < 0.25


def test_the_same_counts_give_the_same_value():
    counts = counted(zipf.rvs(2.5, size=3_000, random_state=3))
    assert goodness_of_fit(*counts) == goodness_of_fit(*counts)


def test_too_short_a_tail_has_none():
    assert goodness_of_fit(*counted([1, 2, 3])) is None


@pytest.mark.parametrize(("exponent", "minimum"), [(1.5, 1), (2.5, 30)])
def test_samples_are_of_the_law(exponent, minimum):
    values, numbers = _of_law(np.random.default_rng(0), exponent, minimum, 200_000)
    assert numbers.sum() == 200_000 and values[numbers > 0].min() >= minimum
    for point in (minimum + 1, 3 * minimum, 5_000 + minimum):
        share = numbers[values >= point].sum() / 200_000
        expected = zeta(exponent, point) / zeta(exponent, minimum)
        assert share == pytest.approx(expected, abs=4 * np.sqrt(expected / 200_000))
