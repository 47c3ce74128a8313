"""Whether counts follow a power law.

Clauset, Shalizi & Newman, "Power-law distributions in empirical data" (2009).

Counts come as distinct values x (ascending) and weights w, how many times each occurs.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import erfc, ndtr

from db.tails.hurwitz_zeta import hurwitz_zeta

SMALLEST_TAIL = 50  # observations; below that a fit says nothing
POINTS = 24  # of a tail that say how far its law is off at least
EXPONENTS = (1.001, 8.0)  # between which a law's is looked for
STEPS = 30  # five are enough nearly always
CLOSE = 1e-7  # of exponents
H = 1e-5  # over which the slope of the likelihood and its change are taken
FLATTEST = 1e-3  # that change, at the largest exponent a twentieth of what it can be
SURE = 0.1  # the p value below which one law is said to fit better


@dataclass(frozen=True)
class Fit:
    """A power law p(x) ∝ x^-exponent for x ≥ minimum, and how it compares with a lognormal.

    distance: Kolmogorov–Smirnov, the largest gap between the tail's and the law's distribution.
    ratio: log-likelihood of the power law less the lognormal's; above 0 the power law fits better.
    p_value: Vuong's, two-sided, that such a ratio comes by chance. lognormal: its mu and sigma.
    goodness: the p value of goodness_of_fit, where it is known.
    """

    exponent: float
    minimum: int
    distance: float
    ratio: float
    p_value: float
    lognormal: tuple[float, float]
    goodness: float | None = None

    @property
    def wins(self) -> bool:
        """Whether the power law fits better than the lognormal, not by chance, and is plausible."""
        return self.ratio > 0 and self.p_value < SURE and not self.ruled_out

    @property
    def ruled_out(self) -> bool:
        """Whether counts that follow the law would hardly ever lie so far from it."""
        return self.goodness is not None and self.goodness < SURE

    def survival(self, x: np.ndarray) -> np.ndarray:
        """P(X ≥ x) for x ≥ minimum."""
        return hurwitz_zeta(self.exponent, x) / hurwitz_zeta(self.exponent, self.minimum)

    def lognormal_survival(self, x: np.ndarray) -> np.ndarray:
        """P(X ≥ x) of the lognormal, for x ≥ minimum."""
        mu, sigma = self.lognormal
        return ndtr((mu - np.log(x - 0.5)) / sigma) / ndtr(
            (mu - np.log(self.minimum - 0.5)) / sigma
        )


def fit(x: np.ndarray, w: np.ndarray, goodness: float | None = None) -> Fit | None:
    """The law whose minimum, of all there are, brings it closest to its tail.

    goodness: what goodness_of_fit says of the same counts, where that is known.

    None where fewer than three tails have SMALLEST_TAIL observations.
    """
    closest = closest_law(x, w)
    if closest is None:
        return None
    exponent, minimum, distance = closest
    tail = x >= minimum
    compared = _against_lognormal(x[tail], w[tail], exponent)
    return Fit(exponent, minimum, distance, *compared, goodness)


def closest_law(
    x: np.ndarray, w: np.ndarray, enough: float = 0.0
) -> tuple[float, int, float] | None:
    """Exponent, minimum and distance of the law that `fit` finds; any that is closer than `enough`.

    A few points of a tail say how far its law is off at least. Tails are tried in that order, until
    one is as close as no other can be: the same as trying all.
    """
    tails = w[::-1].cumsum()[::-1]
    starts = np.flatnonzero(tails >= SMALLEST_TAIL)
    starts = starts[starts < len(x) - 1]
    if len(starts) < 3:
        return None
    exponents = _exponents(x, w, tails, starts)
    at_least = _distances_at_least(x, tails, starts, exponents)
    best = (0.0, 0, np.inf)
    for i in np.argsort(at_least, kind="stable"):
        if at_least[i] >= best[2] or best[2] < enough:
            break
        distance = _distance(x, tails, starts[i], exponents[i])
        if distance < best[2]:
            best = float(exponents[i]), int(x[starts[i]]), distance
    return best


def distance_from(x: np.ndarray, w: np.ndarray, start: int) -> float:
    """Of the counts from x[start] on from the law that is the likeliest for them."""
    tails = w[::-1].cumsum()[::-1]
    (exponent,) = _exponents(x, w, tails, np.array([start]))
    return _distance(x, tails, start, exponent)


def _distance(x: np.ndarray, tails: np.ndarray, start: int, exponent: float) -> float:
    law = hurwitz_zeta(exponent, x[start:]) / hurwitz_zeta(exponent, x[start])
    return float(np.abs(law - tails[start:] / tails[start]).max())


def _exponents(x: np.ndarray, w: np.ndarray, tails: np.ndarray, starts: np.ndarray) -> np.ndarray:
    """Of the law of each tail, by maximum likelihood: Newton's steps, as it is concave."""
    logs = (w * np.log(x))[::-1].cumsum()[::-1]
    mean_logs, minima = logs[starts] / tails[starts], x[starts]
    exponents = np.clip(1 + 1 / (mean_logs - np.log(minima - 0.5)), *EXPONENTS)
    for _ in range(STEPS):
        below, here, above = (np.log(hurwitz_zeta(exponents + step, minima)) for step in (-H, 0, H))
        slope = (above - below) / (2 * H) + mean_logs
        curve = np.maximum((above - 2 * here + below) / H**2, FLATTEST)
        better = np.clip(exponents - slope / curve, *EXPONENTS)
        moved = np.abs(better - exponents).max()
        exponents = better
        if moved < CLOSE:
            break
    return exponents


def _distances_at_least(
    x: np.ndarray, tails: np.ndarray, starts: np.ndarray, exponents: np.ndarray
) -> np.ndarray:
    """The largest gaps at POINTS of each tail, evenly spread over its logarithm."""
    ratios = np.linspace(0, 1, POINTS)
    wanted = x[starts, None] * (x[-1] / x[starts, None]) ** ratios
    points = np.clip(np.searchsorted(x, wanted), starts[:, None], len(x) - 1)
    law = hurwitz_zeta(exponents[:, None], x[points]) / hurwitz_zeta(exponents, x[starts])[:, None]
    return np.abs(law - tails[points] / tails[starts, None]).max(axis=1)


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
    gains = -exponent * logs - np.log(hurwitz_zeta(exponent, x[0])) - log_p(best.x)
    n = w.sum()
    ratio = float(w @ gains)
    deviation = np.sqrt(w @ (gains - ratio / n) ** 2 / n)
    p_value = float(erfc(abs(ratio) / (np.sqrt(2 * n) * deviation))) if deviation > 0 else 1.0
    return ratio, p_value, (float(best.x[0]), float(np.exp(best.x[1])))
