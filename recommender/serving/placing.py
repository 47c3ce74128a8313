"""Where a film stands in a visitor's list, and why no higher."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

import numpy as np

from recommender.models.base import Profile, Recommender
from recommender.serving.shelves import (
    SPLIT_YEAR,
    Preference,
    Recommendation,
    described,
    matching_films,
    scores_of,
)

Obstacle = Literal["", "rated", "hidden", "unwanted"]


@dataclass(frozen=True)
class Placing:
    """place: 1 for the best of the `among` films that the list is of; where there is an obstacle,
    the place that the film would have.

    obstacle: the visitor rated it or hid it; or it is not of the wanted age or genres.
    """

    film: Recommendation
    place: int
    among: int
    obstacle: Obstacle


def placing(
    model: Recommender,
    profile: Profile,
    movie_id: int,
    hidden: Collection[int] = (),
    preference: Preference = "any",
    split_year: int = SPLIT_YEAR,
    genres: Collection[str] = (),
    without: Collection[str] = (),
    surprise: float = 0.0,
) -> Placing | None:
    """None for a film that the model does not know. The choices are as for shelves.recommend.

    Variety is left out: it moves films within a list, not into one.
    """
    matrix = model.matrix_
    column = int(matrix.columns([movie_id])[0])
    if column < 0:
        return None
    scores = scores_of(model, profile, surprise)
    wanted = matching_films(matrix, preference, split_year, genres, without)
    listed = wanted & matrix.without((*profile, *hidden))
    better = int(np.sum(scores[listed] > scores[column]))
    obstacle: Obstacle = (
        "rated"
        if movie_id in profile
        else "hidden"
        if movie_id in hidden
        else "unwanted"
        if not wanted[column]
        else ""
    )
    film = described(model, profile, np.array([column]))[0]
    return Placing(film, better + 1, int(listed.sum()), obstacle)
