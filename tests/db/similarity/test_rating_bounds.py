"""Nobody has more ratings than their bound, and the answer is that of counting everyone."""

import random

import numpy as np
import pandas as pd
import pytest

from db import queries
from db.filters.rating_filters import RatingFilters
from db.ingest.swap import load
from db.queries.scope import Scope
from db.similarity.rating_bounds import rating_bounds
from db.similarity.user_ratings import UserRatings
from db.store.engine import reading
from tests.db import plain_pandas
from tests.db.importing import source

GENRES = ["Comedy", "Drama", "Horror", "War"]
FEW = [0, 3_000, 1_000_000]  # of 20,000 ratings: never counted one by one, at times, always


def films(chance: random.Random) -> list[tuple]:
    def genres() -> str:
        return "|".join(chance.sample(GENRES, chance.choice([0, 1, 1, 2, 3])))

    years = [None, *range(1980, 2000)]
    return [(n, f"Film {n}", chance.choice(years), genres()) for n in range(1, 201)]


def ratings(chance: random.Random) -> list[tuple]:
    """Of 400 users, few of whom rate much; each in months of their own, so that many are equal."""
    rows = []
    for user in range(400):
        start = chance.randint(0, 20 * 365) * 86_400
        for film in chance.sample(range(1, 201), min(200, 10 + int(chance.paretovariate(0.9) * 9))):
            seconds = start + chance.randint(0, 300) * 86_400
            rows.append((user * 7, film, chance.randint(1, 10) / 2, seconds))
    return rows


@pytest.fixture(scope="module")
def small(second_server):
    """Its ratings as plain pandas has them."""
    chance = random.Random(20261121)
    columns = ["user_id", "movie_id", "rating", "seconds"]
    rows, listed = ratings(chance), films(chance)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", second_server)
        load(source(rows, listed))
    films_ = pd.DataFrame(listed, columns=["movie_id", "title", "release_year", "genres"])
    frame = pd.DataFrame(rows, columns=columns).merge(films_, on="movie_id")
    month = pd.to_datetime(frame["seconds"], unit="s").dt.to_period("M").dt.to_timestamp()
    return frame.assign(month=month)


@pytest.fixture
def connection(small, second_server, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", second_server)
    with reading() as connection:
        yield connection


def random_filters(chance: random.Random) -> RatingFilters:
    """One to four filters, wide or narrow, open or closed."""

    def span(low: int, high: int, write) -> str:
        first, last = sorted((chance.randint(low, high), chance.randint(low, high)))
        return chance.choice([write(first, last), write(first, first), write(first, "")])

    kinds = {
        "genres": lambda: ",".join(chance.sample(GENRES, chance.randint(1, 3))),
        "without": lambda: ",".join(chance.sample(GENRES, chance.randint(1, 3))),
        "released": lambda: span(1978, 2001, lambda a, b: f"{a}-{b}"),
        "rated": lambda: chance.choice(
            [
                span(1970, 1991, lambda a, b: f"{a}..{b}"),
                f"..{chance.randint(1970, 1990)}-05",
                f"{chance.randint(1970, 1990)}-0{chance.randint(1, 9)}",
            ]
        ),
    }
    chosen = chance.sample(sorted(kinds), chance.randint(1, 4))
    filters, problems = RatingFilters.from_query("&".join(f"{k}={kinds[k]()}" for k in chosen))
    assert not problems
    return filters


CHANCE = random.Random(1)
FILTERS = [RatingFilters(), *(random_filters(CHANCE) for _ in range(60))]


def bounds_and_counts(connection, small, filters) -> tuple[np.ndarray, np.ndarray]:
    user_ids, bounds = rating_bounds(connection, Scope.of(connection, filters))
    counts = plain_pandas.passing(small, filters).groupby("user_id").size()
    assert sorted(user_ids) == sorted(small["user_id"].unique())
    return bounds, counts.reindex(user_ids, fill_value=0).to_numpy()


@pytest.mark.parametrize("few", FEW)
@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: filters.to_query() or "none")
def test_nobody_has_more_than_the_bound(connection, small, monkeypatch, filters, few):
    monkeypatch.setattr("db.similarity.rating_bounds.FEW", few)
    bounds, counts = bounds_and_counts(connection, small, filters)
    assert (bounds >= counts).all()


@pytest.mark.parametrize(
    "query",
    [
        *("", "genres=War", "without=War", "released=1984", "released=1984-", "released=-1990"),
        *("rated=1975", "rated=1975-04..1983-09", "rated=1960", "released=2050", "genres=None"),
    ],
)
def test_one_filter_is_counted_exactly_without_looking_at_ratings(
    connection, small, monkeypatch, query
):
    monkeypatch.setattr("db.similarity.rating_bounds.FEW", 0)
    filters, _ = RatingFilters.from_query(query)
    bounds, counts = bounds_and_counts(connection, small, filters)
    assert (bounds == counts).all()


@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: filters.to_query() or "none")
def test_films_of_few_ratings_are_counted_exactly(connection, small, filters):
    if not (filters.genres or filters.without or filters.released):
        return
    bounds, counts = bounds_and_counts(connection, small, filters)
    assert (bounds == counts).all()


@pytest.mark.parametrize("few", FEW)
@pytest.mark.parametrize("filters", FILTERS, ids=lambda filters: filters.to_query() or "none")
def test_similarity_is_that_of_the_forty_with_most(connection, small, monkeypatch, filters, few):
    monkeypatch.setattr("db.similarity.rating_bounds.FEW", few)
    pd.testing.assert_frame_equal(
        queries.user_similarity(connection, filters),
        plain_pandas.user_similarity(plain_pandas.passing(small, filters)),
        check_dtype=False,
    )


@pytest.fixture
def looked_at(monkeypatch) -> list[int]:
    """The users whose ratings were read."""
    users: list[int] = []
    of = UserRatings.of

    def noting(self, some):
        users.extend(some)
        return of(self, some)

    monkeypatch.setattr(UserRatings, "of", noting)
    return users


@pytest.mark.parametrize("query", ["", "genres=War", "rated=1975..1985", "released=1984"])
def test_where_bounds_are_exact_forty_users_are_looked_at(connection, looked_at, query):
    filters, _ = RatingFilters.from_query(query)
    queries.user_similarity(connection, filters)
    assert len(looked_at) == 40


@pytest.mark.parametrize("query", ["genres=Drama&released=1985-", "genres=Drama,War&rated=1975.."])
def test_else_a_part_of_the_users_is_looked_at(connection, monkeypatch, looked_at, query):
    monkeypatch.setattr("db.similarity.rating_bounds.FEW", 0)
    filters, _ = RatingFilters.from_query(query)
    queries.user_similarity(connection, filters)
    assert 40 < len(looked_at) < 200 and len(set(looked_at)) == len(looked_at)
