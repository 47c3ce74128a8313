import pandas as pd

from dashboard.figures.model_quality import quality_and_speed
from dashboard.theme import LIGHT


def positions(**milliseconds: float) -> dict[str, str]:
    """Where the names of models of the same quality stand."""
    rows = pd.DataFrame(
        [
            (label, measure, value, value, value)
            for label, ms in milliseconds.items()
            for measure, value in (("ndcg@10", 0.3), ("p95_ms", ms))
        ],
        columns=["label", "measure", "value", "low", "high"],
    )
    (points,) = quality_and_speed(rows, LIGHT).data
    return dict(zip(points.text, points.textposition, strict=True))


def test_no_name_leaves_the_plot():
    found = positions(quick=0.1, middling=0.9, slow_and_long=100.0)
    assert found["quick"] == "middle right"
    assert found["slow_and_long"] == "middle left"


def test_names_of_models_alike_stand_on_different_sides():
    found = positions(first=1.0, second=1.02, slow=100.0)
    assert len({found["first"], found["second"]}) == 2


def test_one_model_alone():
    assert positions(only=1.0) == {"only": "middle right"}
