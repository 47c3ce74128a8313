"""Models that fit within seconds: smaller than their defaults where those take longer."""

from recommender.models import MODELS
from recommender.models.base import Recommender

SMALLER: dict[str, dict] = {
    "bayesian-fm": {"n_chains": 1, "n_draws": 30, "burn_in": 10, "keep_every": 5},
    "blend": {"steps": 300},
    "encoder": {"steps": 300},
    "stack": {"rank": 4, "n_chains": 1, "n_draws": 30, "burn_in": 10},
}


def quick(key: str) -> Recommender:
    """A model of this key, not yet fitted."""
    return MODELS[key](**SMALLER.get(key, {}))
