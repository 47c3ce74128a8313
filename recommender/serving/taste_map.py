"""Films on a map: those that a model takes for alike stand close together.

<home>/models/<fingerprint>/map-<key>/     movie_ids, positions
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from recommender.data import arrays
from recommender.models import MODELS
from recommender.models.base import Recommender
from recommender.serving.artifacts import DATASETS_KEPT, models_directory
from recommender.serving.provenance import keep, open_kept, roots_of

MOST_FILMS = 5000  # the most rated ones: half a minute's work, whatever the dataset's size
FEWEST_RATINGS = 5  # with fewer, a film's embedding is chance
FEWEST_FILMS = 10
PERPLEXITY = 30.0  # about how many neighbours a film should keep
ITERATIONS = 500  # twice as many keep no more of a film's neighbours

MAPPED = [key for key, kind in MODELS.items() if kind.embeddings is not Recommender.embeddings]
"""The models that there can be a map of, the one shown by default first."""


@dataclass(frozen=True, eq=False)
class TasteMap:
    """movie_ids (n,), the most rated first; positions (n, 2), each from 0 to 1."""

    movie_ids: np.ndarray
    positions: np.ndarray

    @classmethod
    def of(cls, model: Recommender) -> "TasteMap":
        """The map of a fitted model with embeddings; empty where too few films could be on it,
        or where the model finds no difference between them."""
        matrix = model.matrix_
        columns = matrix.by_popularity[:MOST_FILMS]
        columns = columns[matrix.counts[columns] >= FEWEST_RATINGS]
        points = np.asarray(model.embeddings(), float)
        nowhere = len(columns) < FEWEST_FILMS or not points.any()  # where nobody differs
        columns = columns[:0] if nowhere else columns
        points = points[columns]
        return cls(matrix.movie_ids[columns], _flattened(points).astype(np.float32))


def save(taste_map: TasteMap, key: str, fingerprint: str) -> None:
    """Keep the map of a model of a dataset, atomically."""
    about = _about(key, fingerprint)
    keep(directory(key, fingerprint), vars(taste_map), about, _roots(key))


def load(key: str, fingerprint: str) -> TasteMap:
    """A map as it was saved.

    Raises ArtifactError where today's code has not made any of the model as it is kept now.
    """
    about = _about(key, fingerprint)
    return TasteMap(**open_kept(directory(key, fingerprint), about, _roots(key)))


@lru_cache(maxsize=DATASETS_KEPT * len(MAPPED))
def open_map(key: str, fingerprint: str) -> TasteMap:
    """A saved map, opened once per process. Raises ArtifactError while there is none."""
    return load(key, fingerprint)


def directory(key: str, fingerprint: str) -> Path:
    """Where the map of a model is kept, whether or not there is one yet."""
    return models_directory(fingerprint) / map_of(key)


def map_of(key: str) -> str:
    """What the map of a model is kept as."""
    return f"map-{key}"


def is_made(key: str, fingerprint: str) -> bool:
    """Whether there is a map of a model, sound or not."""
    return (directory(key, fingerprint) / arrays.MANIFEST).exists()


def _about(key: str, fingerprint: str) -> dict:
    """What a map is of. Raises ArtifactError where the model is not kept."""
    learned = arrays.checksums(models_directory(fingerprint) / key)
    return {"model": key, "fingerprint": fingerprint, "learned": learned}


def _roots(key: str) -> tuple[str, ...]:
    """A map is made by the model and by this module."""
    return (*roots_of(MODELS[key]), __name__)


def _flattened(points: np.ndarray) -> np.ndarray:
    """Points (n, n_factors) as (n, 2) by t-SNE (van der Maaten & Hinton, 2008).

    Distances are between unit vectors, so that they do not depend on how well known films are.
    """
    if not len(points):
        return np.empty((0, 2))
    # Heavy to import, and only training needs them.
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    unit = points / np.where(lengths > 0, lengths, 1)
    perplexity = min(PERPLEXITY, (len(points) - 1) / 3)
    start = "pca" if points.shape[1] > 1 else "random"
    with threadpool_limits(1):
        tsne = TSNE(perplexity=perplexity, init=start, max_iter=ITERATIONS, random_state=0)
        flat = tsne.fit_transform(unit)
    lowest, highest = flat.min(axis=0), flat.max(axis=0)
    return (flat - lowest) / np.where(highest > lowest, highest - lowest, 1)
