"""Counts in words."""

from dashboard.wording import count


def test_an_estimate_says_how_far_it_may_be_off():
    assert count(1, "film") == "1 film"
    assert count(9_412, "rating") == "9,412 ratings"
    assert count(151_000, "user", 2_400) == "≈ 151,000 ± 2,400 users"
    assert count(1, "user", 3) == "≈ 1 ± 3 users"
