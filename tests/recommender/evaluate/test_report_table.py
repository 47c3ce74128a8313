from recommender.evaluate import report_table

ABOUT = {
    "dataset": "small",
    "fingerprint": "f1",
    "protocol": "visitor",
    "seed": 3,
    "split": "5 folds of the users",
}
BEST = {
    "model": "blend",
    "fit_seconds": 60.0,
    "visitors": 1234,
    "measures": {"ndcg@10": 0.4361, "coverage": 0.1614},
    "intervals": {"ndcg@10": (0.42, 0.45)},
}
OTHER = BEST | {
    "model": "nmf",
    "fit_seconds": 0.5,
    "measures": {"ndcg@10": 0.357, "coverage": 0.05},
    "intervals": {"ndcg@10": (0.34, 0.37)},
    "against": {
        "model": "blend",
        "measure": "ndcg@10",
        "difference": -0.0791,
        "interval": (-0.09, -0.07),
    },
}
REPORT = ABOUT | {"results": [OTHER, BEST]}


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
    results = [
        BEST | {"measures": {"rmse": value}, "intervals": {"rmse": (value, value)}, "model": key}
        for key, value in (("bias", 0.88), ("svd", 0.86))
    ]
    assert [line[0] for line in report_table.rows(ABOUT | {"results": results})[1]] == [
        "svd",
        "bias",
    ]


def test_plain_text_is_aligned():
    lines = report_table.plain(("model", "x"), [("blend", "10.5"), ("nmf", "2")]).splitlines()
    assert lines == ["model     x", "blend  10.5", "nmf       2"]
