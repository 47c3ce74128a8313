"""Two instances with homes of their own on one database: one trains, the other takes."""

from threading import Thread

import pytest
from sqlalchemy import text

from db.ingest.swap import load
from db.store.engine import writing
from db.store.shared_artifacts import Lease
from recommender.models import MODELS
from recommender.models.base import TrainingError
from recommender.serving import artifacts, sharing, training
from tests.db.importing import source

KEYS = ("popularity", "weighted-score")
RATINGS = [(user, film, 4.0, 0) for user in range(1, 9) for film in (10, 11)]
FILMS = [(10, "A", 1990, "Drama"), (11, "B", 1991, "Comedy")]


@pytest.fixture
def instance(scratch, tmp_path, monkeypatch):
    """`instance(name)`: from now on we are the instance of this name."""
    load(source(RATINGS, FILMS))
    monkeypatch.setattr(sharing, "POLL", 0.05)

    def become(name: str) -> None:
        monkeypatch.setattr(artifacts, "home", lambda: tmp_path / name)

    become("one")
    return become


@pytest.fixture
def nothing_is_fitted(monkeypatch):
    def fit(self, matrix):
        raise TrainingError(f"{type(self).__name__} is fitted again.")

    def forbid() -> None:
        for key in KEYS:
            monkeypatch.setattr(MODELS[key], "fit", fit)

    return forbid


def trained() -> list[str]:
    return artifacts.available(training.current_matrix().fingerprint)


def test_what_one_trained_another_takes(instance, nothing_is_fitted):
    assert set(training.train(KEYS)) == set(KEYS)
    instance("two")
    nothing_is_fitted()
    assert trained() == []
    assert training.train(KEYS) == {}
    assert trained() == list(KEYS)
    matrix = training.current_matrix()
    directory = artifacts.models_directory(matrix.fingerprint)
    assert artifacts.load("popularity", matrix, directory).score({10: 4.0}).shape == (2,)


def test_what_another_is_training_is_waited_for(instance, nothing_is_fitted, monkeypatch):
    fingerprint = training.current_matrix().fingerprint
    with sharing.sharing(fingerprint) as first:
        assert first._leads()
        instance("two")
        second = Thread(target=training.train, args=(KEYS,))
        second.start()
        second.join(0.5)
        assert second.is_alive() and trained() == []
    second.join(60)
    assert trained() == list(KEYS)


def test_what_other_code_made_is_not_taken(instance):
    training.train(KEYS)
    with writing() as connection, connection.begin():
        connection.execute(
            text("""update reelscope.artifacts
                set about = jsonb_set(about, '{made_by,libraries,numpy}', '"0.1"')""")
        )
    instance("two")
    assert set(training.train(KEYS)) == set(KEYS)


def test_a_lease_is_one_processs_and_ends_with_its_block(scratch):
    load(source())
    with Lease("this") as mine, Lease("this") as yours, Lease("that") as other:
        assert mine.take() and mine.take() and other.take()
        assert not yours.take()
        mine.stack.close()
        assert yours.take()


def test_artifacts_of_datasets_that_are_gone_go(instance):
    def fingerprints() -> set[str]:
        with writing() as connection:
            return set(connection.scalars(text("select fingerprint from reelscope.artifacts")))

    training.train(KEYS)
    before = fingerprints()
    for name in ("second", "third"):
        load(source(RATINGS[:-1], FILMS, name=name))
    training.train(KEYS)
    assert len(before) == len(fingerprints()) == 1
    assert fingerprints() != before
