import numpy as np
import pytest

from recommender.serving.ratings import drawn_users, sampled_log, stored_log


@pytest.fixture(scope="module")
def whole(database):
    return stored_log()


def test_a_sample_holds_whole_users_of_the_dataset(whole):
    sample = sampled_log(20_000)
    assert 15_000 < len(sample) <= 20_000
    of_them = np.isin(whole.user_ids, sample.user_ids)
    for name in ("user_ids", "movie_ids", "stars", "seconds"):
        assert np.array_equal(getattr(sample, name), getattr(whole, name)[of_them])
    assert (sample.fingerprint, sample.all_users) == (whole.fingerprint, 671)


def test_a_dataset_that_is_small_enough_is_taken_whole(whole):
    sample = sampled_log(len(whole))
    assert len(sample) == len(whole)
    assert sample.all_users is None


def test_users_are_drawn_until_their_ratings_are_as_many():
    ids, sizes = np.array([3, 5, 8, 9]), np.array([10, 10, 10, 10])
    drawn = drawn_users(ids, sizes, 25, seed=0)
    assert len(drawn) == 2 and set(drawn.tolist()) < {3, 5, 8, 9}
    assert drawn.tolist() == drawn_users(ids, sizes, 25, seed=0).tolist() == sorted(drawn)
    assert {tuple(drawn_users(ids, sizes, 25, seed)) for seed in range(9)} > {tuple(drawn)}
    assert drawn_users(ids, sizes, 40, seed=0) is None
    assert len(drawn_users(ids, sizes, 5, seed=0)) == 1
