import numpy as np
import pytest

from recommender.evaluate.measured import Measured, PrimaryMeasure


def measured(users, **measures) -> Measured:
    return Measured(1.0, {}, measures, {}, np.asarray(users, float))


GAIN = PrimaryMeasure("gain")


def test_the_best_is_the_highest_or_where_errors_count_the_lowest():
    found = {"a": measured([[1]], gain=1.0), "b": measured([[2]], gain=2.0)}
    assert GAIN.best(found) == "b"
    assert PrimaryMeasure("gain", lower_is_better=True).best(found) == "a"


def test_users_are_compared_in_pairs():
    """The models differ by 0.5 for everyone, though users differ widely among themselves."""
    users = np.linspace(0, 100, 50)[:, None]
    found = GAIN.difference(measured(users - 0.5), measured(users), "best", seed=0)
    assert (found.model, found.measure) == ("best", "gain")
    assert found.difference == pytest.approx(-0.5)
    assert found.interval == pytest.approx((-0.5, -0.5))


def test_a_difference_by_chance_has_zero_in_its_interval():
    rng = np.random.default_rng(1)
    ours, theirs = (measured(rng.random((200, 1))) for _ in range(2))
    low, high = GAIN.difference(ours, theirs, "best", seed=0).interval
    assert low < 0 < high
