"""Learning: the schedule, the lessons, and when it stops."""

import numpy as np
import pytest

from recommender.models.encoder import descent
from recommender.models.encoder.descent import Lessons, Schedule, learn
from recommender.models.encoder.network import Network
from recommender.models.encoder.profiles import Inputs
from recommender.models.encoder.visits import Visits


@pytest.fixture
def lessons(checkerboard):
    rng = np.random.default_rng(0)
    inputs = Inputs(checkerboard, np.arange(checkerboard.n_movies))
    return Lessons(checkerboard, inputs, Visits(checkerboard, 0.5, rng), rng)


def network(lessons):
    rng = np.random.default_rng(0)
    return Network.drawn(lessons.inputs.n_inputs, 4, 8, np.zeros(lessons.inputs.n_films), rng)


def test_the_rate_rises_and_falls():
    schedule = Schedule(steps=100, rate=1.0, dropout=0, decay=0)
    rates = [schedule.rate_at(step) for step in range(1, 101)]
    assert rates[0] == pytest.approx(0.2, abs=0.01) and max(rates) == pytest.approx(1, abs=0.01)
    assert rates[-1] == pytest.approx(0) and np.argmax(rates) == 4


def test_many_users_get_more_steps_and_less_dropout():
    small = Schedule(steps=100, rate=1.0, dropout=0.5, decay=0)
    assert small.for_users(10) == small.for_users(600) == small
    large = small.for_users(6000)
    assert (large.steps, large.dropout) == (150, pytest.approx(0.3)) and large.rate == small.rate
    assert small.for_users(1_000_000) == large
    assert 100 < small.for_users(2000).steps < 150


def test_held_out_users_are_never_learned_from(lessons, checkerboard):
    assert len(lessons.users) == 38  # of 40, less a twentieth
    seen = set()
    drawn = lessons.visits.of
    lessons.visits.of = lambda rows: seen.update(rows.tolist()) or drawn(rows)
    for _ in range(20):
        lessons.next()
    assert seen == set(lessons.users.tolist())


def test_a_batch_masks_what_is_given_and_asks_for_likes(lessons):
    batch = lessons.next()
    assert len(batch.given) == descent.LEAST_BATCH
    assert batch.given.any(axis=1).all() and not (batch.given & (batch.wanted > 0)).any()
    assert set(np.unique(batch.wanted)) == {0, 1}  # five stars


def test_learning_lowers_the_held_out_loss(lessons):
    learned = network(lessons)
    before = learned.loss(lessons.held_out)
    learn(learned, lessons, Schedule(100, 0.01, 0.1, 0.01), np.random.default_rng(0))
    assert learned.loss(lessons.held_out) < before - 0.3


def test_the_best_parameters_are_kept_and_learning_stops_when_it_gets_worse(lessons, monkeypatch):
    """Held-out losses of 3, 1, 2 and 2: learning ends there, with what the second check saw."""
    losses, seen = iter([3.0, 1.0, 2.0, 2.0]), []

    def loss(self, batch):
        seen.append(self.output_biases.copy())
        return next(losses)

    monkeypatch.setattr(Network, "loss", loss)
    learned = network(lessons)
    learn(learned, lessons, Schedule(100, 0.01, 0.1, 0.01), np.random.default_rng(0))
    assert len(seen) == 4
    assert np.array_equal(learned.output_biases, seen[1])
    assert not np.array_equal(seen[1], seen[3])
