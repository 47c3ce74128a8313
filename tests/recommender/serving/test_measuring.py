import pytest
from sqlalchemy import text

from db.errors import DatabaseError
from db.store.engine import reading, writing
from db.store.evaluations import evaluations
from recommender.models import MODELS
from recommender.serving import measuring

FEW = ("popularity", "weighted-score", "bias")


@pytest.fixture
def few(database, monkeypatch):
    """Three quick models, of which the last is the default; nothing is measured."""
    forget()
    monkeypatch.setattr(measuring, "MODELS", {key: MODELS[key] for key in FEW})
    monkeypatch.setattr(measuring, "DEFAULT_MODEL", "bias")
    yield
    forget()


def forget() -> None:
    with writing() as connection:
        connection.execute(text("drop table if exists reelscope.evaluations"))
        connection.commit()


def kept() -> dict[str, dict]:
    with reading() as connection:
        rows = evaluations(connection)
    return dict(zip(rows["model"], rows["result"], strict=True))


def test_measures_unasked_and_nothing_twice(few):
    steps = []
    assert measuring.measure_missing(lambda *step: steps.append(step)) == [*FEW]
    assert steps == [(done, 15) for done in range(15)]
    assert set(kept()) == set(FEW)
    assert kept()["bias"]["against"]["model"] == "popularity"
    assert measuring.measure_missing() == []


def test_what_is_measured_is_kept_when_a_later_model_fails(few, monkeypatch):
    monkeypatch.setattr(MODELS["bias"], "fit", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        measuring.measure_missing()
    assert set(kept()) == {"popularity", "weighted-score"}


def test_after_one_that_failed_all_are_measured_together(few, monkeypatch):
    with monkeypatch.context() as broken, pytest.raises(ZeroDivisionError):
        broken.setattr(MODELS["popularity"], "_learn", lambda *_: 1 / 0)
        broken.setattr(measuring, "MODELS", {key: MODELS[key] for key in reversed(FEW)})
        measuring.measure_missing()
    assert measuring.measure_missing() == [*FEW]
    assert {result.get("against", {}).get("model") for result in kept().values()} == {
        None,
        "popularity",
    }


def test_slow_models_but_the_default_are_left_out(few, monkeypatch):
    monkeypatch.setattr(MODELS["weighted-score"], "quick", False)
    monkeypatch.setattr(MODELS["bias"], "quick", False)
    assert measuring.measure_missing() == ["popularity", "bias"]


def test_large_datasets_are_left_to_the_command(few, monkeypatch):
    monkeypatch.setattr(measuring, "MOST_RATINGS", 100_000)
    assert measuring.measure_missing() == []


def test_says_where_it_may_not_write(few, monkeypatch):
    monkeypatch.setattr("db.store.evaluations.CREATE", "set transaction read only")
    with pytest.raises(DatabaseError, match="can't be written to the database"):
        measuring.measure_missing()
