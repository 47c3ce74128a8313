"""Lists along the slider from popular to surprising."""

import numpy as np
import pytest

from dashboard.recommend import list_leanings
from recommender.evaluate.list_measures import of_list, of_part
from recommender.evaluate.surprise_levels import at_levels
from recommender.evaluate.theme_visits import theme_visits
from recommender.models.blend.surprise import LEVELS
from recommender.models.ranking import best

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def visitors(matrix):
    return theme_visits(matrix)[::5]


@pytest.fixture(scope="module")
def levels(models, visitors):
    return at_levels(models["blend"], visitors)


def test_each_level_is_measured_as_a_list_of_its_own(models, matrix, visitors, levels):
    of_visitors, of_all = levels
    blend = models["blend"]
    for level in (LEVELS[0], 0.4):
        lists = [
            best(blend.score(each.given, level), matrix.counts, 10, matrix.without(each.given))
            for each in visitors
        ]
        assert (
            of_all[f"coverage surprise {level:+.1f}"]
            == of_part(matrix, visitors, lists)["coverage"]
        )
        for found, visitor, listed in zip(of_visitors, visitors, lists, strict=True):
            whole = of_list(matrix, visitor, listed)
            for name in ("ndcg@10", "stratified_ndcg@10", "fame"):
                assert found[f"{name} surprise {level:+.1f}"] == whole[name]


def test_the_more_surprise_the_less_fame_and_the_more_films(levels):
    of_visitors, of_all = levels
    fame = [
        np.mean([each[f"fame surprise {level:+.1f}"] for each in of_visitors]) for level in LEVELS
    ]
    coverage = [of_all[f"coverage surprise {level:+.1f}"] for level in LEVELS]
    assert fame == sorted(fame, reverse=True) and fame[0] > fame[-1] + 0.1
    assert coverage[-1] > coverage[0]


def test_models_that_know_no_surprise_have_none_of_these(models, visitors):
    of_visitors, of_all = at_levels(models["nmf"], visitors)
    assert of_visitors == [{}] * len(visitors) and of_all == {}


def test_every_place_of_the_slider_is_measured():
    ends, step = (list_leanings.POPULAR, list_leanings.SURPRISING), list_leanings.STEP
    assert np.arange(ends[0], ends[1] + step / 2, step) == pytest.approx(LEVELS)
