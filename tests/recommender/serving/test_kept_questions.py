import numpy as np
import pytest

from recommender.data.arrays import ArtifactError
from recommender.questions.quick_start import questions
from recommender.serving import kept_questions as module
from recommender.serving.kept_questions import load, train


def test_kept_and_found_once(checkerboard, monkeypatch, tmp_path, edited):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    with pytest.raises(ArtifactError):
        load(checkerboard.fingerprint)
    train(checkerboard)
    assert np.array_equal(load(checkerboard.fingerprint), questions(checkerboard))
    monkeypatch.setattr(module, "questions", None)  # would fail if it was asked again
    train(checkerboard)
    edited("recommender.questions.quick_start", "ALIKE = 0.6", "ALIKE = 0.7")
    with pytest.raises(ArtifactError, match="another version"):
        load(checkerboard.fingerprint)
