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


def test_what_is_gained_is_of_those_who_have_both():
    """User 1 gains 0.5, user 2 loses 0.2 of a mean of 0.5; users 3 and 4 lack a value."""
    found = VisitorValues()
    for user, value in ((1, 0.2), (2, 0.4), (2, 0.6), (4, 0.9)):
        found.add(user, {"before": value})
    for user, value in ((3, 0.1), (2, 0.3), (1, 0.7)):
        found.add(user, {"after": value})
    assert found.gained("after", "before").tolist() == pytest.approx([0.5, -0.2])
