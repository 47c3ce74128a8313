import subprocess
import sys

import pytest

from db.server.children import ROOT, child
from recommender.serving import trainer


@pytest.fixture
def current(monkeypatch):
    """Which dataset is current, to be set; training is a real child that sleeps."""
    now = {"fingerprint": "first"}
    monkeypatch.setattr(trainer, "current_fingerprint", lambda: now["fingerprint"])
    monkeypatch.setattr(trainer, "child", lambda *_: child("-c", "import time; time.sleep(60)"))
    return now


def test_one_process_for_a_dataset(current):
    with trainer.Training() as trained:
        trained.look()
        first = trained.process
        trained.look()
        assert trained.process is first
        assert first.poll() is None
    assert first.poll() is not None


GIVES_WAY = """
import os, pathlib
from recommender.serving.trainer import AUTOGROUP, give_way
give_way()
print(os.nice(0), AUTOGROUP.read_text() if AUTOGROUP.exists() else "nice 19")
"""


def test_all_else_goes_before_training():
    """Its own priority counts within its session; Linux weighs sessions against each other."""
    command = [sys.executable, "-c", GIVES_WAY]
    said = subprocess.run(
        command, cwd=ROOT, start_new_session=True, check=True, capture_output=True, text=True
    ).stdout
    assert said.startswith("19 ")
    assert said.rstrip().endswith("nice 19")


def test_a_new_dataset_ends_the_training_for_the_old_one(current):
    with trainer.Training() as trained:
        trained.look()
        first = trained.process
        current["fingerprint"] = "second"
        trained.look()
        assert trained.process is not first
        assert first.poll() is not None
        assert trained.process.poll() is None


def test_a_database_that_is_away_ends_nothing(current):
    with trainer.Training() as trained:
        trained.look()
        current["fingerprint"] = None
        trained.look()
        assert trained.process.poll() is None


def test_what_was_put_aside_is_trained_again(current, monkeypatch, tmp_path):
    monkeypatch.setattr(trainer, "child", lambda *_: child("-c", ""))
    monkeypatch.setattr(trainer, "RETRY", 0.0)
    monkeypatch.setattr(
        trainer, "trained_for", lambda _: {each.name for each in tmp_path.iterdir()}
    )
    for name in ("nmf", "ease"):
        (tmp_path / name).mkdir()
    with trainer.Training() as trained:
        trained.look()
        first = trained.process
        first.wait()
        trained.look()
        assert trained.process is first
        (tmp_path / "nmf").rmdir()
        trained.look()
        assert trained.process is not first
