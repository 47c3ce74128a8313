"""What is measured of a list of ten films, and of all lists together."""

from collections.abc import Sequence

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate import metrics
from recommender.evaluate.splits import Visitor

LENGTH = 10  # films in a list


def of_list(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> dict[str, float]:
    """All measures of the films in these columns, by name."""
    hits = _hits(matrix, visitor, listed)
    return {
        **accuracy(matrix, visitor, listed),
        f"recall@{LENGTH}": metrics.recall(hits, len(visitor.relevant)),
        f"hit_rate@{LENGTH}": metrics.hit(hits),
        "fame": metrics.fame(listed, matrix.by_popularity),
        "novelty": metrics.novelty(listed, matrix.counts, matrix.n_users),
        "popular_share": metrics.popular_share(listed, matrix.by_popularity),
        "diversity": metrics.diversity(matrix.genre_flags[listed]),
        **_on_theme(matrix, visitor, listed),
    }


def accuracy(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> dict[str, float]:
    """The measures that are taken at every stage."""
    hits, relevant = _hits(matrix, visitor, listed), matrix.columns(visitor.relevant.tolist())
    counts = np.where(relevant >= 0, matrix.counts[relevant], 0)
    return {
        f"ndcg@{LENGTH}": metrics.ndcg(hits, len(relevant), LENGTH),
        f"stratified_ndcg@{LENGTH}": metrics.stratified_ndcg(
            hits, matrix.counts[listed], counts, LENGTH
        ),
    }


def of_part(
    matrix: RatingMatrix, visitors: Sequence[Visitor], listed: Sequence[np.ndarray]
) -> dict[str, float]:
    """Of all lists by one fitted model."""
    found = {"coverage": metrics.coverage(np.concatenate(listed), matrix.n_movies)}
    themes = [(each.theme.kind, each.theme.name) for each in visitors if each.theme]
    return found | ({"overlap": metrics.overlap(listed, themes)} if themes else {})


def _on_theme(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> dict[str, float]:
    """Share of the list that is of the visitor's theme, over all themes and over its kind."""
    if visitor.theme is None:
        return {}
    share = float(np.isin(matrix.movie_ids[listed], visitor.theme.movie_ids).mean())
    return {"on_theme": share, f"on_{visitor.theme.kind}": share}


def _hits(matrix: RatingMatrix, visitor: Visitor, listed: np.ndarray) -> np.ndarray:
    return np.isin(matrix.movie_ids[listed], visitor.relevant)
