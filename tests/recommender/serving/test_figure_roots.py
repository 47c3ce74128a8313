import pytest

from recommender.models import MODELS
from recommender.serving import figure_roots
from recommender.serving.figure_roots import MEASURING, made_by, with_makers


@pytest.fixture
def roots(monkeypatch):
    """By which roots provenance was asked for."""
    asked = []
    monkeypatch.setattr(
        figure_roots, "provenance", lambda of: asked.append(of) or {"code": "c", "libraries": {}}
    )
    made_by.cache_clear()
    yield asked
    made_by.cache_clear()


def test_a_figure_is_made_by_the_model_and_by_what_measures_it(roots):
    made_by("blend")
    assert {"recommender.models.blend.blend", "recommender.evaluate.list_measures"} <= {*roots[0]}
    assert "recommender.evaluate.report_table" not in MEASURING  # words alone


def test_other_models_are_made_by_others():
    assert len({made_by(key) for key in MODELS}) == len(MODELS)


def test_each_result_of_a_report_says_what_made_it():
    report = with_makers({"seed": 0, "results": [{"model": "nmf"}, {"model": "bias"}]})
    assert report["results"][0] == {"model": "nmf", "made_by": made_by("nmf")}
    assert report["results"][1]["made_by"] == made_by("bias") != made_by("nmf")
