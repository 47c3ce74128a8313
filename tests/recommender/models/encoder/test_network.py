"""The network's loss and gradients."""

import numpy as np
import pytest
from scipy import sparse

from recommender.models.encoder.network import Batch, Network, gelu

N_INPUTS, N_FILMS, N_VISITS = 12, 7, 5


@pytest.fixture
def network():
    rng = np.random.default_rng(0)
    drawn = Network.drawn(N_INPUTS, 4, 6, rng.normal(size=N_FILMS), rng, dtype=float)
    for name in drawn.names():
        getattr(drawn, name)[:] += rng.normal(scale=0.3, size=getattr(drawn, name).shape)
    return drawn


@pytest.fixture
def batch():
    """Inputs of rows 0 to 9 alone; every visit was given one film and wants two or three."""
    rng = np.random.default_rng(1)
    inputs = rng.normal(size=(N_VISITS, N_INPUTS)) * (rng.random((N_VISITS, N_INPUTS)) < 0.5)
    inputs[:, 10:] = 0
    given = np.zeros((N_VISITS, N_FILMS), bool)
    given[np.arange(N_VISITS), np.arange(N_VISITS)] = True
    wanted = rng.random((N_VISITS, N_FILMS)) * (rng.random((N_VISITS, N_FILMS)) < 0.5) * ~given
    wanted[:, -1] = 0.8
    return Batch(sparse.csr_array(inputs), given, wanted)


@pytest.mark.parametrize("name", Network.names())
def test_gradients_are_those_of_finite_differences(network, batch, name):
    gradients, rows = network.gradients(batch, 0, np.random.default_rng(0))
    parameter = getattr(network, name)
    expected, step = np.zeros_like(parameter), 1e-6
    for place in np.ndindex(parameter.shape):
        kept = parameter[place]
        parameter[place] = kept + step
        above = network.loss(batch)
        parameter[place] = kept - step
        below = network.loss(batch)
        parameter[place] = kept
        expected[place] = (above - below) / (2 * step)
    if name == "inputs":
        assert not expected[np.setdiff1d(np.arange(N_INPUTS), rows)].any()
        expected = expected[rows]
    assert gradients[name] == pytest.approx(expected, abs=1e-7)


def test_the_loss_by_hand(network):
    """Two of four likes' worth on each of two films, one film given: −Σ t log p / √Σ t."""
    network.output_weights[:] = 0
    network.output_biases[:] = np.log([1, 2, 3, 4, 5, 6, 100])
    given, wanted = np.zeros((1, N_FILMS), bool), np.zeros((1, N_FILMS))
    given[0, 6], wanted[0, 1], wanted[0, 2] = True, 2, 2
    batch = Batch(sparse.csr_array(np.ones((1, N_INPUTS))), given, wanted)
    assert network.loss(batch) == pytest.approx(-2 * (np.log(2 / 21) + np.log(3 / 21)) / 2)


def test_dropped_units_are_made_up_for_on_average(network, batch):
    """The mean of the outputs' gradient over many draws is close to that without dropout."""
    rng = np.random.default_rng(0)
    plain = network.gradients(batch, 0, rng)[0]["output_biases"]
    dropped = [network.gradients(batch, 0.1, rng)[0]["output_biases"] for _ in range(2000)]
    assert np.mean(dropped, axis=0) == pytest.approx(plain, abs=0.02)


def test_shares_add_up_to_one(network):
    shares = np.exp(network.log_shares(network.hidden(np.ones((3, 4)))))
    assert shares.sum(axis=1) == pytest.approx(1)


def test_gelu_and_its_slope():
    x = np.linspace(-5, 5, 101)
    values, slopes = gelu(x)
    assert values[50] == 0 and values[-1] == pytest.approx(5, abs=0.01)
    assert slopes[1:-1] == pytest.approx(np.gradient(values, x)[1:-1], abs=0.02)
