"""What an import finds out about the tails, and what queries then say."""

import numpy as np
import pytest

from db import queries
from db.filters.rating_filters import RatingFilters
from db.store.engine import dataset
from db.tails.goodness_of_fit import goodness_of_fit
from tests.db import plain_ratings


@pytest.mark.parametrize(
    ("of", "query"),
    [("user_id", queries.ratings_per_user), ("movie_id", queries.ratings_per_movie)],
)
def test_the_sample_is_described(connection, of, query):
    x, w = np.unique(plain_ratings.sample().groupby(of).size(), return_counts=True)
    expected = goodness_of_fit(x, w.astype(float))
    current = dataset(connection)
    assert {"user_id": current.user_tail_p, "movie_id": current.movie_tail_p}[of] == expected
    assert query(connection, RatingFilters()).attrs["goodness"] == expected
    comedies, _ = RatingFilters.from_query("genres=Comedy")
    assert "goodness" not in query(connection, comedies).attrs
