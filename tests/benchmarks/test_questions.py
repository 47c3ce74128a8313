import numpy as np
import pandas as pd
import pytest

from benchmarks.questions import WAYS, _ask, _visitors, measure, report
from recommender.data.rating_matrix import RatingMatrix
from recommender.models.popularity import PopularityRecommender


@pytest.fixture(scope="module")
def matrix() -> RatingMatrix:
    rng = np.random.default_rng(0)
    cells = [(user, film) for user in range(40) for film in rng.permutation(30)[:12]]
    ratings = pd.DataFrame(cells, columns=["user_id", "movie_id"])
    return RatingMatrix.from_frame(ratings.assign(rating=rng.integers(1, 11, len(cells)) / 2))


def test_a_visitor_is_never_asked_about_what_is_wanted(matrix):
    visitors = [visitor for _, visitor in _visitors(matrix, matrix, np.arange(40), seed=0)]
    assert len(visitors) > 30
    for visitor in visitors:
        assert len(visitor.wanted) >= 1
        assert not set(visitor.wanted.tolist()) & set(visitor.answers)
        assert len(visitor.wanted) + len(visitor.answers) == 12


def test_who_knows_none_of_the_films_gives_no_answer(matrix):
    _, visitor = next(_visitors(matrix, matrix, np.arange(40), seed=0))
    unknown = [film for film in range(30) if film not in visitor.answers]
    known = [film for film in range(30) if film in visitor.answers]
    found: dict = {"answers": [], "questions": [], "known": []}
    model = PopularityRecommender().fit(matrix)
    _ask(model, visitor, unknown, found)
    _ask(model, visitor, known[:3] + unknown, found)
    assert found["known"] == [0.0, 0.6]


def test_every_way_of_asking_is_measured_on_the_same_visitors(matrix):
    found = measure(matrix, PopularityRecommender)
    sizes = {len(values) for measures in found.values() for values in measures.values()}
    assert set(found) == set(WAYS) and len(sizes) == 1
    # Popularity ignores the answers, so no way can be better than another
    first, *others = (measures["answers"] for measures in found.values())
    assert all(np.array_equal(first, other) for other in others)
    assert "popularity" in report("here", {"popularity": found})
