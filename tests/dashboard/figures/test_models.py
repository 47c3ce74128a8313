import pandas as pd

from dashboard.figures.models import quality_and_speed
from dashboard.theme import LIGHT


def test_names_stand_towards_the_middle_so_that_none_is_cut_off():
    measures = {"quick": 0.1, "middling": 0.9, "slow": 100.0}
    rows = pd.DataFrame(
        [
            (label, measure, value, value, value)
            for label, ms in measures.items()
            for measure, value in (("ndcg@10", 0.3), ("p95_ms", ms))
        ],
        columns=["label", "measure", "value", "low", "high"],
    )
    (points,) = quality_and_speed(rows, LIGHT).data
    positions = dict(zip(points.text, points.textposition, strict=True))
    assert positions == {"quick": "top right", "middling": "top right", "slow": "top left"}
