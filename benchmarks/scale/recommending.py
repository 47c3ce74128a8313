"""How long models take to learn all ratings, and then to answer a visitor."""

import random
import time
from functools import partial
from typing import TypedDict

import numpy as np

from benchmarks.scale.timing import once
from recommender.data.rating_matrix import RatingMatrix
from recommender.models import MODELS
from recommender.models.base import Recommender
from recommender.serving.ratings import stored_matrix

KEYS = ("nmf", "user-cosine", "item-cosine")
VISITORS = 200
FILMS_RATED = 15  # by a visitor, of the most rated
AMONG = 300


class Model(TypedDict):
    """The contract's names."""

    model: str
    fit_seconds: float
    score_p95_ms: float


def read_matrix() -> tuple[RatingMatrix, float]:
    """All ratings from the database, and the seconds that took."""
    matrix, milliseconds = once(stored_matrix)
    return matrix, milliseconds / 1000


def measure_models(matrix: RatingMatrix) -> list[Model]:
    """Train each model of KEYS and ask it for every visitor's scores."""
    profiles = _visitors(matrix)
    found = []
    for key in KEYS:
        start = time.perf_counter()
        model = MODELS[key]().fit(matrix)
        fit_seconds = time.perf_counter() - start
        found.append(Model(model=key, fit_seconds=fit_seconds, score_p95_ms=_p95(model, profiles)))
    return found


def _p95(model: Recommender, profiles: list[dict[int, float]]) -> float:
    model.score(profiles[0])  # the first answer prepares what later ones share
    times = [once(partial(model.score, profile))[1] for profile in profiles]
    return float(np.percentile(times, 95))


def _visitors(matrix: RatingMatrix) -> list[dict[int, float]]:
    """Profiles: films by id with their stars."""
    chance = random.Random(0)
    popular = matrix.movie_ids[matrix.by_popularity[:AMONG]].tolist()
    return [
        {movie: chance.randint(1, 10) / 2 for movie in chance.sample(popular, FILMS_RATED)}
        for _ in range(VISITORS)
    ]
