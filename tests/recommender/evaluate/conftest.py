"""Small logs of ratings."""

from dataclasses import replace

import numpy as np
import pytest

from db.ingest.sources import SOURCES
from recommender.data.rating_log import RatingLog
from recommender.serving.ratings import log_of


def rows_of(log: RatingLog, which) -> RatingLog:
    """A part of a log, in the order of `which`."""
    columns = ("user_ids", "movie_ids", "stars", "seconds")
    return replace(log, **{name: getattr(log, name)[which] for name in columns})


@pytest.fixture(scope="session")
def sample_log() -> RatingLog:
    return log_of(SOURCES["sample"]())


@pytest.fixture(scope="session")
def part(sample_log) -> RatingLog:
    """150 users of the sample, whose ratings stand in any order."""
    rows = np.flatnonzero(np.isin(sample_log.user_ids, np.unique(sample_log.user_ids)[:150]))
    return rows_of(sample_log, np.random.default_rng(0).permutation(rows))
