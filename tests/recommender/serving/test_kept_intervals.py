import numpy as np
import pytest

from recommender.data.arrays import ArtifactError
from recommender.models.bias import BiasRecommender
from recommender.models.star_intervals import StarIntervals
from recommender.serving import artifacts, training
from recommender.serving.kept_intervals import load, train
from recommender.serving.trained_models import TrainedModels

pytestmark = pytest.mark.slow


def test_kept_and_learned_once(checkerboard, monkeypatch, tmp_path, edited):
    monkeypatch.setenv("REELSCOPE_HOME", str(tmp_path))
    with pytest.raises(ArtifactError):
        load("bias", checkerboard.fingerprint)
    train("bias", checkerboard)
    learned = StarIntervals.learn(BiasRecommender, checkerboard)
    kept = load("bias", checkerboard.fingerprint)
    for name, array in vars(learned).items():
        assert np.array_equal(getattr(kept, name), array)
    monkeypatch.setattr(StarIntervals, "learn", None)  # would fail if it was asked again
    train("bias", checkerboard)
    edited("recommender.models.star_intervals", "LEVELS = 5", "LEVELS = 4")
    with pytest.raises(ArtifactError, match="another version"):
        load("bias", checkerboard.fingerprint)


def test_the_best_predictor_whose_errors_are_known_answers(database, monkeypatch, tmp_path):
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path)
    monkeypatch.setattr(training.kept_questions, "train", lambda _: None)
    models = TrainedModels(training.current_matrix().fingerprint)
    assert models.star_estimates() is None
    training.train(["bias"])
    assert models.star_estimates().predictor.label == "Bias"
    steps = []
    training.train(["als", "bias"], lambda *step: steps.append(step[0]))
    assert [step for step in steps if step.startswith("star")] == [
        "star intervals of bias",
        "star intervals of als",
    ]
    assert models.star_estimates().predictor.label == "ALS"
    (expected,) = models.star_estimates().of({318: 5.0, 296: 4.5}, [593])
    assert 0.5 <= expected.low < expected.stars < expected.high <= 5
