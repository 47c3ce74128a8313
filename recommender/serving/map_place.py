"""A person's place on a map of films: amid those that are most like what they liked."""

from collections.abc import Collection

import numpy as np

from recommender.models.base import Profile, Recommender
from recommender.serving.shelves import opinions
from recommender.serving.taste_map import TasteMap

NEAREST = 10


def map_place(
    films: TasteMap, model: Recommender, profile: Profile, among: Collection[int] | None = None
) -> list[int]:
    """The ten films of a model's map that a taste is nearest to, the one in their middle first.

    A taste points where the films that were liked do on average, each weighing the stars that it
    has above the person's mean (alike where all have the same); films are near by the cosine of
    their embedding with it. A mean of places would not do: on a map by t-SNE it may lie between
    two groups, where nothing is that the person likes.
    among: of these films; None for the whole map. None are found where the model knows no film
    that was liked.
    """
    matrix, points = model.matrix_, model.embeddings()
    liked, _ = opinions(profile)
    own = np.array([movie for movie in profile if movie in liked], int)
    columns = matrix.columns(own.tolist())
    here = np.ones(len(films.movie_ids), bool)
    if among is not None:
        here = np.isin(films.movie_ids, np.fromiter(among, int))
    if points is None or not (columns >= 0).any() or not here.any():
        return []
    stars = np.array([profile[movie] for movie in own.tolist()])
    weights = (stars - np.mean(list(profile.values())))[columns >= 0]
    weights = weights if weights.any() else np.ones_like(weights)
    taste = weights @ _unit(points[columns[columns >= 0]])
    there = films.movie_ids[here]
    likeness = _unit(points[matrix.columns(there.tolist())]) @ taste
    nearest = np.argsort(-likeness, kind="stable")[:NEAREST]
    return there[nearest][_from_the_middle(films.positions[here][nearest])].tolist()


def _from_the_middle(places: np.ndarray) -> np.ndarray:
    """The order of places (n, 2) with the one that is nearest to all others' median first."""
    away = np.linalg.norm(places - np.median(places, axis=0), axis=1)
    first = int(np.argmin(away))
    return np.array([first, *(place for place in range(len(places)) if place != first)])


def _unit(points: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return np.asarray(points, float) / np.where(lengths > 0, lengths, 1)
