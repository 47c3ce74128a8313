"""Whether counts follow a power law.

Clauset, Shalizi & Newman, "Power-law distributions in empirical data" (2009).

Counts come as distinct values x (ascending) and weights w, how many times each occurs.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import erfc, ndtr, zeta

SMALLEST_TAIL = 50  # observations; below that a fit says nothing
CANDIDATES = 100  # minima tried, spread evenly over the logarithm
SURE = 0.1  # the p value below which one law is said to fit better


@dataclass(frozen=True)
class Fit:
    """A power law p(x) ∝ x^-exponent for x ≥ minimum, and how it compares with a lognormal.

    distance: Kolmogorov–Smirnov, the largest gap between the tail's and the law's distribution.
    ratio: log-likelihood of the power law less the lognormal's; above 0 the power law fits better.
    p_value: Vuong's, two-sided, that such a ratio comes by chance. lognormal: its mu and sigma.
    """

    exponent: float
    minimum: int
    distance: float
    ratio: float
    p_value: float
    lognormal: tuple[float, float]

    @property
    def wins(self) -> bool:
        """Whether the power law fits better than the lognormal, and not by chance."""
        return self.ratio > 0 and self.p_value < SURE

    def survival(self, x: np.ndarray) -> np.ndarray:
        """P(X ≥ x) for x ≥ minimum."""
        return zeta(self.exponent, x) / zeta(self.exponent, self.minimum)

    def lognormal_survival(self, x: np.ndarray) -> np.ndarray:
        """P(X ≥ x) of the lognormal, for x ≥ minimum."""
        mu, sigma = self.lognormal
        return ndtr((mu - np.log(x - 0.5)) / sigma) / ndtr(
            (mu - np.log(self.minimum - 0.5)) / sigma
        )


def fit(x: np.ndarray, w: np.ndarray) -> Fit | None:
    """The law whose minimum brings it closest to its tail; None when every tail is too short."""
    tails = w[::-1].cumsum()[::-1]
    possible = np.flatnonzero(tails >= SMALLEST_TAIL)[:-1]
    if len(possible) < 3:
        return None
    spread = np.searchsorted(
        np.log(x[possible]), np.linspace(0, np.log(x[possible[-1]]), CANDIDATES)
    )
    starts = np.unique(np.clip(spread, 0, len(possible) - 1))
    laws = [_at(x[start:], w[start:]) for start in starts]
    exponent, minimum, distance = min(laws, key=lambda law: law[2])
    tail = x >= minimum
    return Fit(exponent, minimum, distance, *_against_lognormal(x[tail], w[tail], exponent))


def _at(x: np.ndarray, w: np.ndarray) -> tuple[float, int, float]:
    """Exponent by maximum likelihood, minimum and distance of the law that starts at x[0]."""
    mean_log = w @ np.log(x) / w.sum()
    low, high = 1.001, 8.0
    for _ in range(40):  # the likelihood is concave in the exponent: bisect its slope
        middle = (low + high) / 2
        step = 1e-5
        slope = (
            np.log(zeta(middle + step, x[0]) / zeta(middle - step, x[0])) / (2 * step) + mean_log
        )
        low, high = (middle, high) if slope < 0 else (low, middle)
    exponent = (low + high) / 2
    law = zeta(exponent, x) / zeta(exponent, x[0])
    seen = w[::-1].cumsum()[::-1] / w.sum()
    return exponent, int(x[0]), float(np.abs(law - seen).max())


def _against_lognormal(
    x: np.ndarray, w: np.ndarray, exponent: float
) -> tuple[float, float, tuple[float, float]]:
    """Vuong's comparison on the same tail: log-likelihood ratio, p value, and the lognormal."""
    logs = np.log(x)
    mean = w @ logs / w.sum()
    spread = max(np.sqrt(w @ (logs - mean) ** 2 / w.sum()), 0.1)

    def log_p(parameters: np.ndarray) -> np.ndarray:
        mu, sigma = parameters[0], np.exp(parameters[1])
        inside = ndtr((np.log(x + 0.5) - mu) / sigma) - ndtr((np.log(x - 0.5) - mu) / sigma)
        above = ndtr((mu - np.log(x[0] - 0.5)) / sigma)
        return np.log(np.maximum(inside, 1e-300)) - np.log(max(above, 1e-300))

    best = minimize(
        lambda p: -(w @ log_p(p)),
        [mean, np.log(spread)],
        method="Nelder-Mead",
        options={"maxiter": 200},
    )
    gains = -exponent * logs - np.log(zeta(exponent, x[0])) - log_p(best.x)
    n = w.sum()
    ratio = float(w @ gains)
    deviation = np.sqrt(w @ (gains - ratio / n) ** 2 / n)
    p_value = float(erfc(abs(ratio) / (np.sqrt(2 * n) * deviation))) if deviation > 0 else 1.0
    return ratio, p_value, (float(best.x[0]), float(np.exp(best.x[1])))
