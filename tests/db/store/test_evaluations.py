from db.store.engine import reading
from db.store.evaluations import evaluations, mark_earlier, save_evaluation

REPORT = {
    "dataset": "handmade",
    "fingerprint": "f1",
    "protocol": "visitor",
    "seed": 0,
    "results": [
        {"model": "nmf", "split": "all", "fit_seconds": 1.5, "measures": {"ndcg@10": 0.3}},
        {"model": "popularity", "split": "all", "fit_seconds": 0.1, "measures": {"ndcg@10": 0.2}},
    ],
}


def measured(fingerprint: str) -> dict:
    with reading() as connection:
        rows = evaluations(connection)
    rows = rows[rows["fingerprint"] == fingerprint]
    return dict(zip(rows["model"], rows["result"], strict=True))


def test_what_was_measured_is_kept_and_replaced_by_the_same_measurement(database):
    assert measured("f1") == {}
    save_evaluation(REPORT)
    save_evaluation(REPORT | {"seed": 1, "fingerprint": "f2"})
    assert measured("f1") == {result["model"]: result for result in REPORT["results"]}
    again = REPORT["results"][0] | {"measures": {"ndcg@10": 0.31}}
    save_evaluation(REPORT | {"results": [again]})
    assert measured("f1") == {"nmf": again, "popularity": REPORT["results"][1]}


def test_another_split_is_another_measurement(database):
    nmf = REPORT["results"][0]
    for split in ("all", "half"):
        save_evaluation(REPORT | {"fingerprint": "f3", "results": [nmf | {"split": split}]})
    with reading() as connection:
        rows = evaluations(connection)
    kept = rows[rows["fingerprint"] == "f3"]["result"]
    assert sorted(result["split"] for result in kept) == ["all", "half"]


def test_what_other_code_made_is_marked_until_it_is_measured_again(database):
    """Of this dataset alone; what nobody knows the maker of is of earlier code."""
    nmf, popularity = REPORT["results"]
    report = REPORT | {"fingerprint": "f4", "results": [nmf | {"made_by": "a"}, popularity]}
    save_evaluation(report)
    save_evaluation(report | {"fingerprint": "f5"})
    mark_earlier("f4", {"nmf": "a", "popularity": "p"})
    assert [measured("f4")[model].get("earlier") for model in ("nmf", "popularity")] == [None, True]
    mark_earlier("f4", {"nmf": "b", "popularity": "p"})
    assert measured("f4")["nmf"]["earlier"] and not any(
        "earlier" in r for r in measured("f5").values()
    )
    save_evaluation(report | {"results": [nmf | {"made_by": "b"}]})
    mark_earlier("f4", {"nmf": "b"})
    assert "earlier" not in measured("f4")["nmf"]
