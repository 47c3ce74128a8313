import numpy as np
import pytest
from scipy.special import zeta
from scipy.stats import zipf

from db.tails.power_law import SMALLEST_TAIL, _exponents, fit
from tests.db import plain_ratings


def counted(values):
    x, w = np.unique(np.asarray(values), return_counts=True)
    return x, w.astype(float)


@pytest.mark.parametrize("exponent", [1.8, 2.5, 3.2])
def test_a_power_law_is_found_again(exponent):
    law = fit(*counted(zipf.rvs(exponent, size=20_000, random_state=1)))
    assert law.exponent == pytest.approx(exponent, abs=0.1)
    assert law.distance < 0.02
    assert not (law.ratio < 0 and law.p_value < 0.1), (
        "a lognormal must not win over a true power law"
    )


def test_a_lognormal_is_not_called_a_power_law():
    values = np.random.default_rng(0).lognormal(3, 0.6, 20_000).round()
    assert not fit(*counted(values[values > 0])).wins


def test_the_exponent_has_the_highest_likelihood():
    x, w = counted(zipf.rvs(2.2, size=3_000, random_state=2))
    law = fit(x, w)
    tail = x >= law.minimum

    def likelihood(exponent):
        return -w[tail] @ (exponent * np.log(x[tail]) + np.log(zeta(exponent, law.minimum)))

    assert likelihood(law.exponent) >= max(
        likelihood(law.exponent + step) for step in (-0.01, 0.01)
    )


def test_survival_starts_at_one_and_falls():
    law = fit(*counted(zipf.rvs(2.2, size=3_000, random_state=2)))
    x = np.arange(law.minimum, law.minimum + 50)
    for survival in (law.survival(x), law.lognormal_survival(x)):
        assert survival[0] == pytest.approx(1)
        assert (np.diff(survival) < 0).all()


@pytest.mark.parametrize("values", [[5], [1, 2, 3], [7] * 500])
def test_too_short_a_tail_has_no_fit(values):
    assert fit(*counted(values)) is None


@pytest.mark.parametrize(
    ("of", "exponent", "minimum", "distance"),
    [("user_id", 2.5270, 187, 0.06418), ("movie_id", 2.7293, 42, 0.05315)],
)
def test_it_is_what_the_package_powerlaw_finds(of, exponent, minimum, distance):
    """powerlaw 2.0.0: Fit(counts, discrete=True, estimate_discrete=False), which tries all."""
    law = fit(*counted(plain_ratings.sample().groupby(of).size()))
    assert (law.exponent, law.minimum) == (pytest.approx(exponent, abs=1e-4), minimum)
    assert law.distance == pytest.approx(distance, abs=1e-5)


@pytest.mark.parametrize("seed", range(5))
def test_no_other_minimum_comes_closer(seed):
    chance = np.random.default_rng(seed)
    x, w = counted(chance.lognormal(chance.uniform(1, 4), 1.5, 3_000).round() + 1)
    found = fit(x, w)
    for start in np.flatnonzero(w[::-1].cumsum()[::-1] >= SMALLEST_TAIL)[:-3]:
        (exponent,) = _exponents(x, w, w[::-1].cumsum()[::-1], np.array([start]))
        law = zeta(exponent, x[start:]) / zeta(exponent, x[start])
        seen = w[start:][::-1].cumsum()[::-1] / w[start:].sum()
        assert np.abs(law - seen).max() >= found.distance - 1e-9  # exponents are that exact
