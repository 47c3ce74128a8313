"""How good predictions and ranked lists are. Each function names one measure and its range."""

import numpy as np


def rmse(predicted: np.ndarray, actual: np.ndarray) -> float:
    """Root mean squared error, stars; 0 is perfect."""
    return float(np.sqrt(np.mean((np.asarray(predicted, float) - actual) ** 2)))


def mae(predicted: np.ndarray, actual: np.ndarray) -> float:
    """Mean absolute error, stars; 0 is perfect."""
    return float(np.mean(np.abs(np.asarray(predicted, float) - actual)))


def ndcg(hits: np.ndarray, n_relevant: int, k: int | None = None) -> float:
    """Normalised discounted cumulative gain, 0 to 1 (Järvelin & Kekäläinen, 2002).

    hits: whether the film at each rank is relevant. The ideal list of k films (default: as many as
    there are hits to look at) starts with min(k, n_relevant) relevant ones.
    """
    discounts = 1 / np.log2(np.arange(2, (k or len(hits)) + 2))
    gained = discounts[: len(hits)][np.asarray(hits, bool)].sum()
    return float(gained / discounts[:n_relevant].sum())


def recall(hits: np.ndarray, n_relevant: int) -> float:
    """Share of the relevant films that were listed, 0 to 1."""
    return float(np.sum(hits) / n_relevant)


def hit(hits: np.ndarray) -> float:
    """1 where at least one listed film is relevant, else 0."""
    return float(np.any(hits))


def coverage(lists: np.ndarray, n_movies: int) -> float:
    """Share of the catalogue that was recommended to anyone, 0 to 1. lists: columns, any shape."""
    return len(np.unique(lists)) / n_movies


def novelty(recommended: np.ndarray, counts: np.ndarray, n_users: int) -> float:
    """Mean −log2 of the share of users who rated a list's films, bits (Vargas & Castells, 2011)."""
    return float(np.mean(-np.log2(counts[recommended] / n_users)))


def popular_share(recommended: np.ndarray, counts: np.ndarray) -> float:
    """Share of a list that is among the most rated 1 % of films, 0 to 1."""
    n_popular = max(1, round(len(counts) / 100))
    popular = np.argsort(-counts, kind="stable")[:n_popular]
    return float(np.isin(recommended, popular).mean())


def diversity(genres: np.ndarray) -> float:
    """Intra-list diversity: mean of 1 − cosine over pairs of a list's genre vectors, 0 to 1.

    genres (k, n_genres): 0 or 1. A film without genres is unlike every other.
    """
    lengths = np.linalg.norm(genres, axis=1)
    unit = genres / np.where(lengths > 0, lengths, 1)[:, None]
    pairs = np.triu_indices(len(genres), k=1)
    return float(np.mean(1 - (unit @ unit.T)[pairs])) if len(pairs[0]) else 0.0
