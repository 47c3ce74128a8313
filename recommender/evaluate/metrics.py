"""How good predictions and ranked lists are. Each function names one measure and its range."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

FAMOUS = 50


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


def stratified_ndcg(
    hits: np.ndarray, counts: np.ndarray, relevant_counts: np.ndarray, k: int
) -> float:
    """NDCG in which a hit is worth the film's number of ratings to the power of −½, 0 to 1.

    That is what a film is worth where the chance of being rated grows with popularity (Steck,
    2011). hits, counts: of each rank, whether relevant and how often rated. relevant_counts
    (n_relevant,), of all relevant films: the ideal list has the rarest first. A film that nobody
    rated counts as rated once.
    """
    discounts = 1 / np.log2(np.arange(2, k + 2))
    ideal = -np.sort(-(np.maximum(relevant_counts, 1) ** -0.5))[:k]
    worth = np.asarray(hits, bool) * np.maximum(counts, 1) ** -0.5
    return float((worth @ discounts[: len(hits)]) / (ideal @ discounts[: len(ideal)]))


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


def fame(recommended: np.ndarray, by_popularity: np.ndarray) -> float:
    """Share of a list that is among the 50 most rated films, the first of by_popularity; 0 to 1."""
    return float(np.isin(recommended, by_popularity[:FAMOUS]).mean())


def overlap(lists: Sequence[np.ndarray], groups: Sequence[object]) -> float:
    """Mean share of films that two lists of different groups have in common, 0 to 1.

    0 where there is one group only.
    """
    films = [(set(each.tolist()), group) for each, group in zip(lists, groups, strict=True)]
    pairs = [
        len(a & b) / max(len(a), 1)
        for (a, of_a), (b, of_b) in combinations(films, 2)
        if of_a != of_b
    ]
    return float(np.mean(pairs)) if pairs else 0.0


def popular_share(recommended: np.ndarray, by_popularity: np.ndarray) -> float:
    """Share of a list that is among the most rated 1 % of films, 0 to 1."""
    n_popular = max(1, round(len(by_popularity) / 100))
    return float(np.isin(recommended, by_popularity[:n_popular]).mean())


def diversity(genres: np.ndarray) -> float:
    """Intra-list diversity: mean of 1 − cosine over pairs of a list's genre vectors, 0 to 1.

    genres (k, n_genres): 0 or 1. A film without genres is unlike every other.
    """
    lengths = np.linalg.norm(genres, axis=1)
    unit = genres / np.where(lengths > 0, lengths, 1)[:, None]
    pairs = np.triu_indices(len(genres), k=1)
    return float(np.mean(1 - (unit @ unit.T)[pairs])) if len(pairs[0]) else 0.0
