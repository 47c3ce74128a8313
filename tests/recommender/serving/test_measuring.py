import re
from dataclasses import replace

import pytest
from sqlalchemy import text

from db.errors import DatabaseError
from db.store.engine import reading, writing
from db.store.evaluations import evaluations
from recommender.models import MODELS
from recommender.serving import figure_roots, measuring

pytestmark = pytest.mark.slow

FEW = ("bias", "popularity", "weighted-score")


@pytest.fixture
def few(database, monkeypatch):
    """Three quick models, of which the last is the default; nothing is measured."""
    forget()
    monkeypatch.setattr(measuring, "MODELS", {key: MODELS[key] for key in FEW})
    monkeypatch.setattr(measuring, "DEFAULT_MODEL", "weighted-score")
    monkeypatch.setattr(measuring, "MOST_RATINGS", 20_000)
    monkeypatch.setattr(
        measuring, "PLANS", tuple(replace(p, visitors=p.visitors and 50) for p in measuring.PLANS)
    )
    yield
    forget()


def forget() -> None:
    with writing() as connection:
        connection.execute(text("drop table if exists reelscope.evaluations"))
        connection.commit()


def kept(protocol: str = "visitor") -> dict[str, dict]:
    with reading() as connection:
        rows = evaluations(connection)
    rows = rows[rows["protocol"] == protocol]
    return dict(zip(rows["model"], rows["result"], strict=True))


def test_measures_unasked_and_nothing_twice(few):
    steps = []
    assert measuring.measure_missing(lambda *step: steps.append(step)) == [*FEW]
    assert steps == [(done, 12) for done in range(len(steps))]
    assert set(kept()) == set(kept("questions")) == set(FEW)
    assert set(kept("rating")) == set(kept("stars")) == {"bias"}  # the others predict no stars
    assert kept()["bias"]["against"]["model"] == "popularity"
    assert {result["visitors"] for result in kept().values()} == {50}
    assert measuring.measure_missing() == []


def test_the_default_is_measured_when_the_quick_models_are_in_every_protocol(few, monkeypatch):
    order: list[str] = []

    def noting(key: str):
        learn = MODELS[key]._learn
        return lambda model, matrix: (order.append(key), learn(model, matrix))

    for key in FEW:
        monkeypatch.setattr(MODELS[key], "_learn", noting(key))
    assert measuring.measure_missing() == [*FEW]
    assert order.count("weighted-score") == 2 and order[-2:] == ["weighted-score"] * 2


def test_what_is_measured_is_kept_when_a_later_model_fails(few, monkeypatch):
    monkeypatch.setattr(MODELS["weighted-score"], "fit", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        measuring.measure_missing()
    assert set(kept()) == {"bias", "popularity"}


def test_after_one_that_failed_all_are_measured_together(few, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(MODELS["popularity"], "_learn", lambda *_: 1 / 0)
        measuring.measure_missing()
    assert measuring.measure_missing() == [*FEW]
    assert {result.get("against", {}).get("model") for result in kept().values()} == {
        None,
        "popularity",
    }


def test_when_the_time_is_up_the_rest_is_left_and_not_tried_again(few, monkeypatch):
    monkeypatch.setattr(measuring, "SECONDS", 1e-9)
    monkeypatch.setattr(measuring.time, "process_time", iter(range(99)).__next__)
    assert measuring.measure_missing() == []
    monkeypatch.setattr(measuring, "SECONDS", 1.5)  # asked for the end, before, and after a model
    assert measuring.measure_missing() == ["bias"]
    assert {*kept()["bias"]["run"]} == {*FEW}
    monkeypatch.setattr(measuring, "PLANS", measuring.PLANS[:1])
    monkeypatch.setattr(measuring, "SECONDS", 99)
    assert measuring.measure_missing() == []


def test_other_models_are_another_run(few, monkeypatch):
    assert measuring.measure_missing() == [*FEW]
    monkeypatch.setattr(measuring, "MODELS", {key: MODELS[key] for key in FEW[1:]})
    assert measuring.measure_missing() == [*FEW[1:]]


def test_what_other_code_would_measure_is_measured_again(few, monkeypatch):
    """So that a page which draws a new measure has it without anybody asking."""
    assert measuring.measure_missing() == [*FEW]
    monkeypatch.setattr(figure_roots, "provenance", lambda _: {"code": "new", "libraries": {}})
    figure_roots.made_by.cache_clear()
    try:
        assert measuring.measure_missing() == [*FEW]
        assert not any("earlier" in result for result in kept().values())
        assert measuring.measure_missing() == []
    finally:
        figure_roots.made_by.cache_clear()


def test_slow_models_but_the_default_are_left_out(few, monkeypatch):
    monkeypatch.setattr(MODELS["weighted-score"], "quick", False)
    monkeypatch.setattr(MODELS["bias"], "quick", False)
    assert measuring.measure_missing() == ["popularity", "weighted-score"]


def test_of_a_large_dataset_users_are_drawn_and_the_split_says_so(few, monkeypatch):
    monkeypatch.setattr(measuring, "MOST_RATINGS", 12_000)
    assert measuring.measure_missing() == [*FEW]
    split = kept()["bias"]["split"]
    assert re.match(r"\d\d of 671 users, drawn at random; 1 of 2 folds of the users", split)
    assert kept()["bias"]["visitors"] < 50
    assert measuring.measure_missing() == []


def test_nobody_to_ask_is_no_error(few, monkeypatch):
    """Of one user there is no other to learn from, and a few ratings say nothing."""
    monkeypatch.setattr(measuring, "MOST_RATINGS", 1)
    monkeypatch.setattr(measuring, "FEWEST_RATINGS", 1)
    measuring.measure_missing()
    assert kept() == kept("questions") == {}
    monkeypatch.setattr(measuring, "FEWEST_RATINGS", 100_000)
    assert measuring.measure_missing() == []


def test_says_where_it_may_not_write(few, monkeypatch):
    monkeypatch.setattr("db.store.evaluations.CREATE", "set transaction read only")
    with pytest.raises(DatabaseError, match="can't be written to the database"):
        measuring.measure_missing()
