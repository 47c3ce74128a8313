import pytest

from recommender.evaluate.visitor_values import VisitorValues


@pytest.fixture
def values():
    """User 7 was asked three times, user 2 once; only two visits have a share."""
    found = VisitorValues()
    found.add(7, {"gain": 0.0})
    found.add(2, {"gain": 1.0, "share": 0.2})
    found.add(7, {"gain": 0.3})
    found.add(7, {"gain": 0.6, "share": 0.4})
    return found


def test_a_user_counts_once_by_their_mean(values):
    assert values.by_user("gain").tolist() == pytest.approx([1.0, 0.3])
    assert values.means() == pytest.approx({"gain": 0.65, "share": 0.3})


def test_intervals_are_over_users(values):
    """Two users redrawn are both the one, both the other, or one of each."""
    assert values.intervals(seed=0)["gain"] == pytest.approx((0.3, 1.0))
