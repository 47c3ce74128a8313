from dataclasses import replace

import pandas as pd
import pytest

from dashboard.state import cache
from db.filters.rating_filters import RatingFilters
from db.store.engine import dataset

COMEDY = RatingFilters(genres=("Comedy",))


@pytest.fixture(autouse=True)
def empty():
    cache.clear()


def counting(rows: int = 1):
    """A query that counts how often it is asked."""

    def query(connection, filters, **parameters):
        query.asked += 1
        return pd.DataFrame({"x": range(rows)})

    query.asked = 0
    return query


def test_the_same_question_is_asked_once(connection):
    query = counting()
    first = cache.cached(query, connection, COMEDY, movie=1)
    assert cache.cached(query, connection, RatingFilters(genres=("Comedy",)), movie=1) is first
    assert query.asked == 1


def test_other_filters_parameters_and_queries_are_other_questions(connection):
    query = counting()
    cache.cached(query, connection, COMEDY, movie=1)
    cache.cached(query, connection, COMEDY, movie=2)
    cache.cached(query, connection, RatingFilters(), movie=1)
    other = counting()
    cache.cached(other, connection, COMEDY, movie=1)
    assert (query.asked, other.asked) == (3, 1)


def test_nothing_outlives_an_import(connection):
    query = counting()
    cache.cached(query, connection, COMEDY)
    connection.info["dataset"] = replace(dataset(connection), fingerprint="of the next import")
    cache.cached(query, connection, COMEDY)
    assert query.asked == 2


def test_memory_is_bounded(connection):
    query = counting(rows=1_000_000)  # 8 MB each
    for movie in range(20):
        cache.cached(query, connection, COMEDY, movie=movie)
    assert cache._answers.currsize <= cache.MOST_BYTES
    cache.cached(query, connection, COMEDY, movie=19)
    assert query.asked == 20, "the latest answers are kept"


def test_an_answer_larger_than_the_cache_is_given_but_not_kept(connection, monkeypatch):
    monkeypatch.setattr(cache, "MOST_BYTES", 5_000)
    query = counting(rows=1_000)
    assert len(cache.cached(query, connection, COMEDY)) == 1_000
    assert len(cache._answers) == 0
