import pytest

from db.ingest.dataset_tables import users_one_in


@pytest.mark.parametrize(
    ("ratings", "one_in"),
    [
        (2_000_000, 1),
        (2_000_001, 20),
        (40_000_000, 20),
        (40_000_001, 40),
        (100_000_000, 80),
        (1_000_000_000, 640),
    ],
)
def test_a_sample_of_users_stays_small(ratings, one_in):
    """At 100 million, 1 in 20 users took charts of users half a second."""
    assert users_one_in(ratings) == one_in
