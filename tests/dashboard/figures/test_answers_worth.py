import pytest

from dashboard.figures.answers_worth import gains
from dashboard.theme import DARK, LIGHT
from tests.dashboard.figures.test_model_quality import rows
from tests.dashboard.figures.validated import validated

FIRST, SECOND = "ndcg@10 gained after 10", "ndcg@10 gained after 30"


@pytest.fixture
def two():
    return rows(
        default="blend",
        blend={"ndcg@10": 0.4, FIRST: 0.02, SECOND: 0.03},
        nmf={"ndcg@10": 0.41, FIRST: -0.01, SECOND: 0.0},
    )


def test_each_panel_says_what_its_questions_add(two):
    first, second = validated(gains(two, LIGHT)).data
    assert list(first.y) == list(second.y) == ["nmf", "blend (default)"]  # the default on top
    assert list(first.x) == pytest.approx([-0.01, 0.02])
    assert list(second.x) == pytest.approx([0.0, 0.03])
    axes = list(validated(gains(two, DARK)).select_xaxes())
    assert {axis.tickformat for axis in axes} == {".3~f"}  # 0.004 is no 0, and 0 no +0
    titles = [axis.title.text for axis in axes]
    assert titles == ["5 to 10<br>questions", "10 to 30<br>questions"]


def test_a_model_measured_before_gains_were_leaves_its_line_empty(two):
    validated(gains(two[two["measure"] == "ndcg@10"], LIGHT)).to_json()
