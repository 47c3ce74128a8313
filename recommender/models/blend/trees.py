"""Gradient-boosted trees as plain arrays: learned by scikit-learn, asked with numpy alone."""

from dataclasses import dataclass, fields

import numpy as np

DEPTH = 6


@dataclass(frozen=True, eq=False)
class Trees:
    """All nodes of all trees in one list; a row falls from each tree's root to one of its leaves.

    roots (n_trees,): the node where each tree starts. features, thresholds, values (n_nodes,): a
    row goes right where its feature is above the threshold; a leaf adds its value. children
    (n_nodes, 2): the nodes to the left and right; a leaf is its own child.
    """

    roots: np.ndarray
    features: np.ndarray
    thresholds: np.ndarray
    children: np.ndarray
    values: np.ndarray

    @classmethod
    def grow(
        cls, X: np.ndarray, y: np.ndarray, weights: np.ndarray, n_trees: int, random_state: int
    ) -> "Trees":
        """Fit the log-odds of y (n_rows,) boolean to X (n_rows, n_features); no missing values.

        weights (n_rows,): how much each row counts, relative to the others.
        """
        # Heavy to import, and only training needs it.
        from sklearn.ensemble import HistGradientBoostingClassifier

        boosting = HistGradientBoostingClassifier(
            max_iter=n_trees,
            learning_rate=0.08,
            max_depth=DEPTH,
            max_leaf_nodes=31,
            min_samples_leaf=50,
            l2_regularization=5.0,
            max_features=0.5,
            early_stopping=False,
            random_state=random_state,
        )
        # l2_regularization is a sum of weights, so their scale matters.
        boosting.fit(X, y, weights / weights.mean())
        # scikit-learn shows its trees nowhere in public; a test holds this to its predictions.
        return cls._joined([stage[0].nodes for stage in boosting._predictors])

    @classmethod
    def none(cls) -> "Trees":
        """No trees: every row is worth 0."""
        shapes = [(0, 2) if name == "children" else 0 for name in cls.names()]
        return cls(*(np.empty(shape, np.int32) for shape in shapes))

    @classmethod
    def _joined(cls, trees: list[np.ndarray]) -> "Trees":
        roots = np.cumsum([0, *map(len, trees)])[:-1]
        nodes, own = np.concatenate(trees), np.arange(sum(map(len, trees)))
        shift = np.repeat(roots, list(map(len, trees)))
        leaf = nodes["is_leaf"].astype(bool)
        left, right = (
            np.where(leaf, own, nodes[side].astype(np.int64) + shift) for side in ("left", "right")
        )
        return cls(
            roots.astype(np.int32),
            nodes["feature_idx"].astype(np.int32),
            nodes["num_threshold"].astype(np.float64),
            np.column_stack([left, right]).astype(np.int32),
            np.where(leaf, nodes["value"], 0.0),
        )

    def predict(self, X: np.ndarray) -> np.ndarray:
        """Sum of the leaves that each row of X (n_rows, n_features) falls to: (n_rows,)."""
        n_rows, n_features = X.shape
        cells, children = np.ascontiguousarray(X).ravel(), self.children.ravel()
        starts = (np.arange(n_rows, dtype=np.int32) * n_features)[:, None]
        at = np.broadcast_to(self.roots, (n_rows, len(self.roots)))
        for _ in range(DEPTH):
            above = cells[starts + self.features[at]] > self.thresholds[at]
            at = children[2 * at + above]
        return self.values[at].sum(axis=1)

    @classmethod
    def names(cls) -> tuple[str, ...]:
        """Names of the arrays."""
        return tuple(field.name for field in fields(cls))
