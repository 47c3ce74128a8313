"""Whether a power law may be what made the counts that it was fitted to.

Clauset, Shalizi & Newman (2009), section 4.1: the semi-parametric bootstrap. Samples are drawn,
above the law's minimum from the law and below it from what was seen; each is fitted anew, its
minimum too. The p value is the share of samples that lie as far from their own law as what was seen
lies from its: below 0.1 the law is ruled out.
"""

import numpy as np

from db.tails.hurwitz_zeta import hurwitz_zeta
from db.tails.power_law import closest_law, distance_from

SAMPLES = 250  # p is off by at most 0.03, as the paper counts: 1 / (4 × 0.03²) samples
SEED = 0
CELLS = 2_000  # values above the minimum that are drawn by their probability
LARGEST = 10.0**15


def goodness_of_fit(x: np.ndarray, w: np.ndarray, samples: int = SAMPLES) -> float | None:
    """The p value of the law that is closest to counts; None where none is fitted.

    x, w: as power_law has them; the same ones give the same value.
    """
    law = closest_law(x, w)
    if law is None:
        return None
    exponent, minimum, distance = law
    chance = np.random.default_rng(SEED)
    drawn = (_sample(chance, x, w, exponent, minimum) for _ in range(samples))
    return sum(_as_far(*sample, minimum, distance) for sample in drawn) / samples


def _sample(
    chance: np.random.Generator, x: np.ndarray, w: np.ndarray, exponent: float, minimum: int
) -> tuple[np.ndarray, np.ndarray]:
    """As many counts as were seen: values, ascending, and how many of each."""
    below = x < minimum
    seen = int(w.sum())
    in_tail = chance.binomial(seen, w[~below].sum() / seen)
    values, numbers = _of_law(chance, exponent, minimum, in_tail)
    if below.any():
        rest = chance.multinomial(seen - in_tail, w[below] / w[below].sum())
        values, numbers = np.append(x[below], values), np.append(rest, numbers)
    return values[numbers > 0], numbers[numbers > 0].astype(float)


def _of_law(
    chance: np.random.Generator, exponent: float, minimum: int, size: int
) -> tuple[np.ndarray, np.ndarray]:
    """Values of the law and how often each was drawn.

    Beyond CELLS from the minimum by the continuous law, which there is the same (appendix D).
    """
    cells = np.arange(minimum, minimum + CELLS + 1)
    at_least = hurwitz_zeta(exponent, cells) / hurwitz_zeta(exponent, minimum)
    drawn = chance.multinomial(size, np.append(-np.diff(at_least), at_least[-1]))
    shares = 1 - chance.random(drawn[-1])  # above 0
    far = (cells[-1] - 0.5) * shares ** (-1 / (exponent - 1)) + 0.5
    values, numbers = np.unique(np.minimum(far, LARGEST).astype(np.int64), return_counts=True)
    return np.append(cells[:-1], values), np.append(drawn[:-1], numbers)


def _as_far(x: np.ndarray, w: np.ndarray, minimum: int, distance: float) -> bool:
    """Whether no law comes closer to a sample than `distance`.

    Nearly always the one with the minimum that it was drawn with does: the others are not tried.
    """
    if distance_from(x, w, int(np.searchsorted(x, minimum))) < distance:
        return False
    closest = closest_law(x, w, enough=distance)
    return closest is not None and closest[2] >= distance
