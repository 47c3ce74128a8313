import pandas as pd
import pytest

from dashboard.evaluation.model_measures import COLUMNS, comparable, lines_of, main_run, of_today
from dashboard.evaluation.model_tables import tables
from recommender.evaluate.protocols import PROTOCOLS
from recommender.models import DEFAULT_MODEL, MODELS


def rows(protocol: str, *results: dict) -> pd.DataFrame:
    version = PROTOCOLS[protocol].version
    kept = pd.DataFrame({"result": [result | {"version": version} for result in results]})
    kept = kept.assign(dataset="small", fingerprint="f" * 32, protocol=protocol, seed=0)
    kept["model"] = [result["model"] for result in results]
    assert len(comparable(kept)) == len(kept)
    return pd.DataFrame(
        [line for row in kept.itertuples() for line in lines_of(row)], columns=COLUMNS
    )


def result(
    model: str,
    value: float,
    best: str | None = None,
    measure: str = "ndcg@10",
    visitors: int = 1234,
    split: str = "5 folds of the users",
) -> dict:
    found = {
        "model": model,
        "fit_seconds": 2.0,
        "visitors": visitors,
        "split": split,
        "measures": {measure: value},
        "intervals": {measure: [value - 0.02, value + 0.02]},
    }
    if best:
        found["against"] = {"model": best, "measure": measure} | {
            "difference": -0.05,
            "interval": [-0.06, -0.04],
        }
    return found


def text(component) -> str:
    children = getattr(component, "children", component)
    if isinstance(children, list | tuple):
        return " ".join(map(text, children))
    return text(children) if hasattr(children, "children") else str(children)


def lines(table) -> list[list[str]]:
    head, body = table.children.children
    return [[text(cell) for cell in row.children] for row in [head.children, *body.children]]


@pytest.fixture
def shown():
    return tables(rows("visitor", result("nmf", 0.25, "user-cosine"), result("user-cosine", 0.3)))


def test_the_figures_say_what_they_were_measured_on(shown):
    heading, about, _ = shown
    assert text(heading) == "New visitors"
    for part in ("small", "fingerprint ffffffff", "1,234 visitors", "seed 0", "5 folds of the"):
        assert part in text(about)


def test_the_best_model_is_first_and_the_others_are_compared_with_it(shown):
    assert lines(shown[2]) == [
        ["Model", "NDCG@10", "vs best", "Training, s"],
        ["Cosine, users", "0.300 ± 0.020", "–", "2.000"],
        ["NMF", "0.250 ± 0.020", "−0.050 ± 0.010", "2.000"],
    ]


def test_the_best_is_named_where_runs_had_different_ones():
    other = rows("visitor", result("bias", 0.1, "nmf"), result("nmf", 0.25, "user-cosine"))
    assert lines(tables(other)[2])[2][2] == "−0.050 ± 0.010 (NMF)"


def test_the_best_is_named_where_it_is_not_the_best_shown():
    """A better model was measured later, in a run of its own."""
    rest = (result("ease", 0.28), result("nmf", 0.25, "ease"))
    shown = lines(tables(rows("visitor", *rest, result("user-cosine", 0.3)))[2])
    assert [line[0] for line in shown[1:]] == ["Cosine, users", "EASE", "NMF"]
    assert shown[3][2] == "−0.050 ± 0.010 (EASE)"


def test_each_protocol_has_its_table_and_errors_are_best_when_low():
    stars = rows("rating", result("svd", 0.9, measure="rmse"), result("knn", 0.8, measure="rmse"))
    shown = tables(pd.concat([rows("time", result("nmf", 0.2)), stars]))
    assert [text(part) for part in shown[::3]] == ["What came later", "Predicted stars"]
    assert [line[0] for line in lines(shown[5])[1:]] == ["kNN, films", "SVD"]


def test_figures_of_an_earlier_version_of_a_protocol_are_not_shown():
    """Kept before protocols had versions, by more visitors than any later ones."""
    old = result("nmf", 0.9, visitors=9_999) | {"split": "each giving at most 15"}
    kept = pd.DataFrame({"protocol": "visitor", "result": [old, old | {"version": 1}]})
    assert comparable(kept).empty
    assert len(comparable(kept.assign(protocol="rating"))) == 1
    assert comparable(kept.assign(protocol="gone")).empty


def test_figures_of_earlier_code_give_way_to_todays_of_the_same_protocol():
    old, new = {"earlier": True}, {}
    kept = pd.DataFrame(
        [
            ("f1", "visitor", "blend", old),
            ("f1", "visitor", "nmf", new),
            ("f1", "time", "blend", old),
            ("f2", "visitor", "blend", old),
        ],
        columns=["fingerprint", "protocol", "model", "result"],
    )
    assert [*of_today(kept).index] == [1, 2, 3]
    assert of_today(kept.iloc[:0]).empty


def test_the_default_is_marked_and_each_protocol_says_how_it_errs():
    shown = tables(rows("visitor", result(DEFAULT_MODEL, 0.2), result("nmf", 0.3)))
    label = MODELS[DEFAULT_MODEL].label
    assert [line[0] for line in lines(shown[2])[1:]] == ["NMF", f"{label} (default)"]
    assert PROTOCOLS["visitor"].bias in text(shown[1])


def test_the_split_with_most_models_is_shown():
    every = [result(key, 0.2, split="a sample") for key in ("nmf", "ease")]
    one = result("nmf", 0.25, visitors=9_999)
    shown = main_run(rows("visitor", one, *every), "visitor")
    assert set(shown["split"]) == {"a sample"}
    assert main_run(rows("visitor", one), "time").empty
    default = result(DEFAULT_MODEL, 0.3, split="all")
    assert set(main_run(rows("visitor", default, *every), "visitor")["split"]) == {"all"}


def test_of_splits_with_as_many_models_the_one_with_most_visitors_is_shown():
    part = result("nmf", 0.9, visitors=100, split="1 of 5 folds of the users")
    shown = tables(rows("visitor", part, result("nmf", 0.25)))
    assert [line[:2] for line in lines(shown[2])[1:]] == [["NMF", "0.250 ± 0.020"]]
