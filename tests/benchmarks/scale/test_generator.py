"""The generated ratings: as many as asked for, the same each time, in MovieLens' layout."""

import pandas as pd
import pytest

from benchmarks.scale.generator import generate


@pytest.fixture(scope="module")
def generated(tmp_path_factory):
    directory = tmp_path_factory.mktemp("generated")
    generate(directory, 30_000)
    return directory


def test_exactly_as_many_and_each_pair_once(generated):
    ratings = pd.read_csv(generated / "ratings.csv")
    assert list(ratings) == ["userId", "movieId", "rating", "timestamp"]
    assert len(ratings) == 30_000
    assert not ratings.duplicated(["userId", "movieId"]).any()
    movies = pd.read_csv(generated / "movies.csv")
    assert ratings["movieId"].isin(movies["movieId"]).all()


def test_half_stars_and_only_whole_ones_before_2003(generated):
    ratings = pd.read_csv(generated / "ratings.csv")
    assert set(ratings["rating"] * 2) == set(range(1, 11))
    early = ratings[ratings["timestamp"] < pd.Timestamp("2003-02-18").timestamp()]
    assert len(early) and (early["rating"] % 1 == 0).all()


def test_the_same_each_time(generated, tmp_path):
    generate(tmp_path, 30_000)
    for name in ("ratings.csv", "movies.csv"):
        assert (tmp_path / name).read_bytes() == (generated / name).read_bytes()


def test_more_ratings_have_more_films(tmp_path):
    generate(tmp_path, 400_000)
    assert len(pd.read_csv(tmp_path / "movies.csv")) == 2 * 9066  # (400,000 / 100,004)^0.39 = 1.7
