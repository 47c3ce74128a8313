import numpy as np
import pytest

from benchmarks.tastes.taste_lists import TasteSummary, summary, taste_lists
from recommender.models.ease import EASERecommender
from recommender.models.popularity import PopularityRecommender


@pytest.fixture(scope="module")
def sample_matrix():
    from db.ingest.sources import SOURCES
    from recommender.serving.ratings import log_of

    return log_of(SOURCES["sample"]()).matrix


@pytest.fixture(scope="module")
def popular(sample_matrix):
    return taste_lists(PopularityRecommender().fit(sample_matrix))


def test_the_sample_has_all_twelve_tastes(popular):
    assert len(popular) == 12


def test_nothing_that_was_rated_is_listed(sample_matrix, popular):
    for each in popular:
        assert len(set(each.listed.tolist())) == 10


def test_popularity_has_every_fault_but_unknown_films(sample_matrix, popular):
    found = summary(sample_matrix, popular)
    assert (found.alike, found.well_known) == (1, 1)
    assert found.overlap > 0.7 and found.right < 0.3
    assert [fault.partition(" ")[0] for fault in found.faults] == ["keeps"]


@pytest.mark.slow
def test_who_listens_is_on_taste_and_moved_by_dislikes(sample_matrix, popular):
    lists = taste_lists(EASERecommender().fit(sample_matrix))
    found, dull = summary(sample_matrix, lists), summary(sample_matrix, popular)
    assert found.right > dull.right + 0.2
    assert found.overlap < 0.6
    assert np.mean([each.on_taste.mean() for each in lists]) == pytest.approx(found.right)


def test_a_film_that_hardly_anyone_rated_is_a_fault():
    found = TasteSummary(0.9, 0.1, 0.0, 0.1, fewest=4, alike=0.5)
    assert found.faults == ["lists a film that 4 people rated (at least 5)"]
    assert TasteSummary(0.9, 0.1, 0.0, 0.1, fewest=5, alike=0.5).faults == []
