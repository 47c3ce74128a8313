"""The JSON that scripts read: its keys are a contract."""

import json

from recommender.evaluate.evaluation_report import Difference, Report, Result

BEST = Result("ease", 2.0, {"visitors": 9}, {"ndcg@10": 0.4}, {"ndcg@10": (0.3, 0.5)})
OTHER = Result(
    "nmf",
    1.0,
    {"visitors": 9},
    {"ndcg@10": 0.3, "coverage": 0.1},
    {"ndcg@10": (0.2, 0.4)},
    Difference("ease", "ndcg@10", -0.1, (-0.2, -0.05)),
)
REPORT = Report("small", "f1", "visitor", 2, 0, "5 folds", (BEST, OTHER))


def test_the_keys_are_those_of_the_contract():
    said = json.loads(json.dumps(REPORT.to_json()))
    assert {"dataset", "protocol", "seed", "results"} <= said.keys()
    assert (said["fingerprint"], said["split"], said["version"]) == ("f1", "5 folds", 2)
    assert said["results"][1] == {
        "model": "nmf",
        "fit_seconds": 1.0,
        "visitors": 9,
        "measures": {"ndcg@10": 0.3, "coverage": 0.1},
        "intervals": {"ndcg@10": [0.2, 0.4]},
        "against": {
            "model": "ease",
            "measure": "ndcg@10",
            "difference": -0.1,
            "interval": [-0.2, -0.05],
        },
        "split": "5 folds",
        "version": 2,
    }
    assert "against" not in said["results"][0]


def test_a_result_survives_json():
    for result, said in zip(REPORT.results, REPORT.to_json()["results"], strict=True):
        assert Result.from_json(json.loads(json.dumps(said))) == result
