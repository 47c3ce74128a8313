"""The network: from a profile's place in the embedding to how likely each film is to be liked."""

from dataclasses import dataclass, fields
from typing import Self

import numpy as np
from scipy import sparse

SLOPE = 1.702  # x · σ(1.702 x) is within 0.02 of GELU (Hendrycks & Gimpel, 2016)
NEVER = -1e9  # the log odds of a film that was given


@dataclass(eq=False)
class Batch:
    """inputs (n, n_inputs): profiles. given (n, n_films): may not come out, boolean.

    wanted (n, n_films): how much each film that should come out counts, zeros elsewhere.
    """

    inputs: sparse.csr_array
    given: np.ndarray
    wanted: np.ndarray


@dataclass(eq=False)
class Network:
    """inputs (n_inputs, n_factors), a bias each; a hidden layer; an output for each film.

    GELU after the embedding and after the hidden layer.
    """

    inputs: np.ndarray
    input_biases: np.ndarray
    hidden_weights: np.ndarray
    hidden_biases: np.ndarray
    output_weights: np.ndarray
    output_biases: np.ndarray

    @classmethod
    def names(cls) -> list[str]:
        return [field.name for field in fields(cls)]

    @classmethod
    def drawn(
        cls, n_inputs: int, n_factors: int, n_hidden: int, biases: np.ndarray, rng, dtype=np.float32
    ) -> Self:
        """Before learning. biases (n_films,): what comes out whoever asks, as log shares."""

        def weights(*shape: int, scale: float) -> np.ndarray:
            return (rng.standard_normal(shape) * scale).astype(dtype)

        return cls(
            weights(n_inputs, n_factors, scale=0.5 / np.sqrt(n_factors)),
            np.zeros(n_factors, dtype),
            weights(n_factors, n_hidden, scale=1 / np.sqrt(n_factors)),
            np.zeros(n_hidden, dtype),
            weights(n_hidden, len(biases), scale=0.5 / np.sqrt(n_hidden)),
            biases.astype(dtype),
        )

    def hidden(self, embedded: np.ndarray) -> np.ndarray:
        """The hidden layer (n, n_hidden) for profiles embedded without the bias (n, n_factors)."""
        first, _ = gelu(embedded + self.input_biases)
        return gelu(first @ self.hidden_weights + self.hidden_biases)[0]

    def log_shares(self, hidden: np.ndarray) -> np.ndarray:
        """Each film's log share of what profiles would like (n, n_films), by the hidden layer."""
        return _log_softmax(hidden @ self.output_weights + self.output_biases)

    def loss(self, batch: Batch) -> float:
        """Mean over the batch of a visit's loss, without dropout."""
        logits = self.hidden(batch.inputs @ self.inputs) @ self.output_weights + self.output_biases
        return _softmax_loss(logits, batch)[0]

    def gradients(
        self, batch: Batch, dropout: float, rng: np.random.Generator
    ) -> tuple[dict[str, np.ndarray], np.ndarray]:
        """Of the loss, by name; of `inputs` only the rows that the batch holds, and which they are.

        `dropout` of the units of both layers are left out at random (Srivastava et al., 2014).
        """
        first, first_slopes = gelu(batch.inputs @ self.inputs + self.input_biases)
        first_kept = _kept(first, dropout, rng)
        first = first * first_kept
        second, second_slopes = gelu(first @ self.hidden_weights + self.hidden_biases)
        second_kept = _kept(second, dropout, rng)
        second = second * second_kept
        _, errors = _softmax_loss(second @ self.output_weights + self.output_biases, batch)
        into_second = (errors @ self.output_weights.T) * second_slopes * second_kept
        into_first = (into_second @ self.hidden_weights.T) * first_slopes * first_kept
        rows = np.unique(batch.inputs.indices)
        found = {
            "inputs": batch.inputs[:, rows].T @ into_first,
            "input_biases": into_first.sum(axis=0),
            "hidden_weights": first.T @ into_second,
            "hidden_biases": into_second.sum(axis=0),
            "output_weights": second.T @ errors,
            "output_biases": errors.sum(axis=0),
        }
        return found, rows


def gelu(x: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """x · σ(1.702 x), and its slope."""
    gate = 1 / (1 + np.exp(-SLOPE * x))
    return x * gate, gate + SLOPE * x * gate * (1 - gate)


def _kept(layer: np.ndarray, dropout: float, rng: np.random.Generator) -> np.ndarray:
    """Zeros for units that are left out, and what makes up for them for the others."""
    return (rng.random(layer.shape) >= dropout).astype(layer.dtype) / layer.dtype.type(1 - dropout)


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    logits = logits - logits.max(axis=1, keepdims=True)
    return logits - np.log(np.exp(logits).sum(axis=1, keepdims=True))


def _softmax_loss(logits: np.ndarray, batch: Batch) -> tuple[float, np.ndarray]:
    """Mean loss, and its gradient by the logits (n, n_films).

    A visit's loss is the multinomial −Σ wanted · log p of Mult-VAE over the root of Σ wanted: who
    likes hundreds of films would else drown the others; over the sum, it would drown the others.
    """
    logits[batch.given] = NEVER
    log_shares = _log_softmax(logits)
    totals = batch.wanted.sum(axis=1, keepdims=True)
    weights = 1 / (np.sqrt(totals.clip(min=1e-9)) * len(totals))
    loss = -float((batch.wanted * log_shares * weights).sum())
    return loss, ((np.exp(log_shares) * totals - batch.wanted) * weights).astype(logits.dtype)
