import numpy as np
import pytest

from recommender.models.blend.trees import Trees

# Is feature 1 above 0.5? If so, is feature 0 above 2?
TREE = {
    "features": np.array([1, 0, 0, 0, 0]),
    "thresholds": np.array([0.5, 0, 2.0, 0, 0]),
    "children": np.array([[1, 2], [1, 1], [3, 4], [3, 3], [4, 4]]),
    "values": np.array([0, -1.0, 0, 0.25, 3.0]),
}


def test_rows_fall_to_the_leaves_worked_by_hand():
    trees = Trees(roots=np.array([0, 0]), **TREE)  # the same tree twice
    rows = np.array([[9, 0.5], [2, 0.6], [2.1, 0.6]], dtype=np.float32)
    assert trees.predict(rows).tolist() == [-2.0, 0.5, 6.0]


def test_no_trees_say_nothing():
    assert Trees.none().predict(np.zeros((3, 2), np.float32)).tolist() == [0, 0, 0]


def test_answers_as_scikit_learn_does(monkeypatch):
    """The trees are taken from a private attribute, so this is what a new version must keep."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    rng = np.random.default_rng(0)
    X = rng.normal(size=(4000, 5)).astype(np.float32)
    y = X[:, 0] * X[:, 1] + rng.normal(size=4000) > 0
    weights = rng.uniform(0.5, 2.0, size=4000)
    fitted, fit = [], HistGradientBoostingClassifier.fit
    monkeypatch.setattr(
        HistGradientBoostingClassifier,
        "fit",
        lambda self, *a, **k: fitted.append(fit(self, *a, **k)) or self,
    )
    trees = Trees.grow(X, y, weights, n_trees=30, random_state=0)
    odds = fitted[0].decision_function(X)
    # scikit-learn starts from the log-odds of all rows, which ranks nothing.
    share = np.average(y, weights=weights)
    assert trees.predict(X) + np.log(share / (1 - share)) == pytest.approx(odds)
    assert np.ptp(odds) > 1
