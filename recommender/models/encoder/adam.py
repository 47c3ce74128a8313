"""AdamW, in place, for numpy arrays."""

from collections.abc import Mapping

import numpy as np

FIRST, SECOND = 0.9, 0.99  # how much of the moments is kept from step to step
TINY = 1e-8
BLOCK = 1 << 15  # numbers at a time: they stay in the processor's cache


class AdamW:
    """Adam with decoupled weight decay (Loshchilov & Hutter, 2019).

    Of an array of which a step touches only some rows, only these rows move, decay and age.
    """

    def __init__(self, arrays: Mapping[str, np.ndarray], decay: float):
        self.arrays = arrays
        self.decay = decay
        self.moments = {
            name: (np.zeros_like(array), np.zeros_like(array)) for name, array in arrays.items()
        }
        self.steps = 0

    def step(
        self, gradients: Mapping[str, np.ndarray], rows: Mapping[str, np.ndarray], rate: float
    ) -> None:
        """rows: of arrays of which the gradient holds only some, which they are."""
        self.steps += 1
        for name, gradient in gradients.items():
            array, moments = self.arrays[name], self.moments[name]
            if name in rows:
                some = rows[name]
                parts = [array[some], moments[0][some], moments[1][some]]
                self._move([*parts, gradient], rate)
                array[some], moments[0][some], moments[1][some] = parts
            else:
                flat = [part.reshape(-1) for part in (array, *moments, gradient)]
                for start in range(0, array.size, BLOCK):
                    self._move([part[start : start + BLOCK] for part in flat], rate)

    def _move(self, parts: list[np.ndarray], rate: float) -> None:
        """parts: of the array, of both moments, which all change, and of the gradient."""
        array, first, second, gradient = parts
        kind = array.dtype.type
        first *= kind(FIRST)
        first += kind(1 - FIRST) * gradient
        second *= kind(SECOND)
        second += kind(1 - SECOND) * gradient * gradient
        spread = np.sqrt(second / kind(1 - SECOND**self.steps)) + kind(TINY)
        array *= kind(1 - rate * self.decay)
        array -= kind(rate / (1 - FIRST**self.steps)) * first / spread


def clip(gradients: Mapping[str, np.ndarray], longest: float) -> None:
    """Shorten all gradients together, in place, to at most this length."""
    length = np.sqrt(sum(float(np.vdot(part, part)) for part in gradients.values()))
    if length > longest:
        for part in gradients.values():
            part *= part.dtype.type(longest / length)
