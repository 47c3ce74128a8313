from dataclasses import replace

from recommender.evaluate import report_table
from recommender.evaluate.evaluation_report import Difference, Report, Result

BEST = Result(
    "blend",
    60.0,
    {"visitors": 1234},
    {"ndcg@10": 0.4361, "coverage": 0.1614},
    {"ndcg@10": (0.42, 0.45)},
)
OTHER = Result(
    "nmf",
    0.5,
    {"visitors": 1234},
    {"ndcg@10": 0.357, "coverage": 0.05},
    {"ndcg@10": (0.34, 0.37)},
    Difference("blend", "ndcg@10", -0.0791, (-0.09, -0.07)),
)
REPORT = Report("small", "f1", "visitor", 2, 3, "5 folds of the users", (OTHER, BEST))


def test_the_heading_names_all_that_the_figures_depend_on():
    said = report_table.heading(REPORT)
    for part in ("small", "fingerprint f1", "visitor", "5 folds of the users", "1,234", "seed 3"):
        assert part in said


def test_the_best_comes_first_with_interval_and_difference():
    header, lines = report_table.rows(REPORT)
    assert header == ("model", "NDCG@10", "against the best", "coverage", "fit, s")
    assert lines == [
        ("blend", "0.4361 [0.4200, 0.4500]", "", "0.161", "60.00"),
        ("nmf", "0.3570 [0.3400, 0.3700]", "-0.0791 [-0.0900, -0.0700]", "0.050", "0.50"),
    ]


def test_errors_are_best_when_low():
    results = tuple(
        replace(BEST, model=key, measures={"rmse": value}, intervals={"rmse": (value, value)})
        for key, value in (("bias", 0.88), ("svd", 0.86))
    )
    header, lines = report_table.rows(replace(REPORT, protocol="rating", results=results))
    assert header[:2] == ("model", "RMSE")
    assert [line[0] for line in lines] == ["svd", "bias"]


def test_plain_text_is_aligned():
    lines = report_table.plain(("model", "x"), [("blend", "10.5"), ("nmf", "2")]).splitlines()
    assert lines == ["model     x", "blend  10.5", "nmf       2"]
