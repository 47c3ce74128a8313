"""The optimiser."""

import numpy as np
import pytest

from recommender.models.encoder import adam
from recommender.models.encoder.adam import AdamW, clip


def test_the_first_step_goes_the_rate_against_the_gradients_sign():
    """Adam's first step is rate · sign(gradient), whatever the gradient's size, after decay."""
    weights = np.array([1.0, -2.0, 3.0])
    AdamW({"w": weights}, decay=0.5).step({"w": np.array([10.0, -0.1, 0.0])}, {}, rate=0.1)
    assert weights == pytest.approx(np.array([1.0, -2.0, 3.0]) * 0.95 + [-0.1, 0.1, 0])


def test_two_steps_by_hand():
    weights = np.array([0.0])
    optimiser = AdamW({"w": weights}, decay=0)
    optimiser.step({"w": np.array([1.0])}, {}, rate=0.1)
    optimiser.step({"w": np.array([3.0])}, {}, rate=0.1)
    first = (0.9 * 0.1 + 0.1 * 3) / (1 - 0.9**2)
    second = (0.99 * 0.01 + 0.01 * 9) / (1 - 0.99**2)
    assert weights[0] == pytest.approx(-0.1 - 0.1 * first / np.sqrt(second))


def test_rows_that_were_not_touched_stay():
    weights = np.ones((4, 2))
    AdamW({"w": weights}, decay=0.5).step({"w": np.ones((1, 2))}, {"w": np.array([2])}, rate=0.1)
    assert np.array_equal(weights[[0, 1, 3]], np.ones((3, 2)))
    assert weights[2] == pytest.approx(0.85)


def test_blocks_change_nothing(monkeypatch):
    rng = np.random.default_rng(0)
    gradients = [{"w": rng.normal(size=(5, 3))} for _ in range(3)]

    def learned():
        weights = np.ones((5, 3))
        optimiser = AdamW({"w": weights}, decay=0.1)
        for gradient in gradients:
            optimiser.step(gradient, {}, rate=0.1)
        return weights

    whole = learned()
    monkeypatch.setattr(adam, "BLOCK", 4)
    assert np.array_equal(learned(), whole)


def test_long_gradients_are_shortened_together():
    gradients = {"a": np.array([3.0]), "b": np.array([0.0, 4.0])}
    clip(gradients, 10)
    assert gradients["a"] == 3
    clip(gradients, 1)
    assert gradients["a"] == pytest.approx(0.6) and gradients["b"] == pytest.approx([0, 0.8])
