"""Users from a sample of them: scaled up and said so, exact where asked, and never elsewhere."""

import pandas as pd
import pytest
from sqlalchemy import text

from db import queries
from db.filters.rating_filters import RatingFilters
from db.ingest.sources import SOURCES
from db.ingest.swap import load
from db.store.engine import dataset, reading
from tests.db import plain_pandas, plain_ratings

COMEDIES = RatingFilters(genres=("Comedy",), released=(1990, 1999))


@pytest.fixture(scope="module")
def sampled_server(second_server):
    """The URL of the sample as a large dataset is kept: one user in three can answer for all."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        environment.setattr("db.ingest.dataset_tables.EXACT_USERS_UP_TO", 1000)
        environment.setattr("db.ingest.dataset_tables.SAMPLE_ONE_IN", 3)
        load(SOURCES["sample"]())
    return second_server


@pytest.fixture
def sampled(sampled_server, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", sampled_server)
    with reading() as connection:
        yield connection


def test_a_third_of_the_users_is_kept_whole(sampled):
    per_user = text("select user_id, count(*) from user_ratings group by user_id")
    kept = dict(sampled.execute(per_user).all())
    everyone = plain_ratings.sample().groupby("user_id").size()
    assert dataset(sampled).users_one_in == 3
    assert 180 < len(kept) < 270
    assert kept == everyone[list(kept)].to_dict()


@pytest.mark.parametrize(
    ("query", "few"),
    [
        ("rated=2005", 60_000),  # of 100,000: read from the period's users
        ("rated=2005-06&genres=Comedy", 30_000),  # comedies have more, the period's users fewer
        ("rated=2005&genres=Comedy&released=1990-1999", 60_000),  # read from the films' raters
        ("genres=Comedy&released=1990-1999", 60_000),
        ("rated=2005&tag=no such tag", 60_000),
    ],
)
def test_few_ratings_are_counted_one_by_one(sampled, monkeypatch, query, few):
    filters, _ = RatingFilters.from_query(query)
    passing = plain_pandas.passing(plain_ratings.sample(), filters)
    monkeypatch.setattr("db.similarity.few_ratings.FEW", few)
    seen = queries.summary(sampled, filters)
    assert (seen.users, seen.users_margin) == (passing["user_id"].nunique(), 0)
    for name in ("ratings_per_user", "user_averages"):
        rows, wanted = (
            getattr(queries, name)(sampled, filters),
            getattr(plain_pandas, name)(passing),
        )
        assert "sample" not in rows.attrs
        pd.testing.assert_frame_equal(rows, wanted, check_dtype=False)


def test_estimates_are_scaled_labelled_and_near(sampled, monkeypatch):
    monkeypatch.setattr("db.similarity.few_ratings.FEW", 0)
    passing = plain_pandas.passing(plain_ratings.sample(), COMEDIES)
    seen = queries.summary(sampled, COMEDIES)
    assert seen.users_estimated and 0 < seen.users_margin < 100
    assert abs(seen.users - passing["user_id"].nunique()) <= seen.users_margin
    assert seen.ratings == len(passing)
    for chart in (queries.ratings_per_user, queries.user_averages):
        rows = chart(sampled, COMEDIES)
        assert rows.attrs["sample"] == "1 in 3 users"
        assert rows["users"].sum() == seen.users and (rows["users"] % 3 == 0).all()
        assert rows["users"].between(rows["users_low"], rows["users_high"]).all()
        assert (rows["users_low"] < rows["users_high"]).all()


@pytest.mark.parametrize("name", ["ratings_per_user", "user_averages"])
def test_exact_figures_are_exact(sampled, name):
    passing = plain_pandas.passing(plain_ratings.sample(), COMEDIES)
    rows = getattr(queries, name)(sampled, COMEDIES, exact=True)
    assert "sample" not in rows.attrs
    pd.testing.assert_frame_equal(rows, getattr(plain_pandas, name)(passing), check_dtype=False)


def test_nothing_is_estimated_without_filters(sampled):
    everything = RatingFilters()
    assert not queries.summary(sampled, everything).users_estimated
    rows = queries.ratings_per_user(sampled, everything)
    assert "sample" not in rows.attrs and rows["users"].sum() == 671


def test_similarity_is_never_from_the_sample(sampled):
    passing = plain_pandas.passing(plain_ratings.sample(), COMEDIES)
    pd.testing.assert_frame_equal(
        queries.user_similarity(sampled, COMEDIES),
        plain_pandas.user_similarity(passing),
        check_dtype=False,
    )


def test_more_than_100_users_are_refused(connection):
    with pytest.raises(ValueError, match="At most 100 users"):
        queries.user_similarity(connection, RatingFilters(), users=range(101))
