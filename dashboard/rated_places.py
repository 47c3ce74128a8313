"""The ratings that a slider offers: those that a dataset's files have."""

from typing import NamedTuple

from dashboard.state.cache import cached
from dashboard.state.session import Session
from db import queries
from db.filters.rating_filters import RatingFilters
from db.store.original_scale import BEST, OriginalScale

WHOLE = 2  # half stars


class RatedPlaces(NamedTuple):
    """From the worst to 5 stars by steps, in stars."""

    worst: float = 0.5
    step: float = 0.5

    @classmethod
    def of(cls, current: Session) -> "RatedPlaces":
        """Of a session's dataset."""
        given = cached(queries.rating_distribution, current.connection, RatingFilters())
        return rated_places({round(2 * stars) for stars in given["stars"]}, current.dataset.scale)


def rated_places(given: set[int], scale: OriginalScale) -> RatedPlaces:
    """Every half star of the scale, or only whole ones, or only its ends: thumbs.

    given: the half stars (1 to 10) that occur. Thumbs, 0 and 1 or 1 and 2, are kept as the ends.
    """
    lowest = max(1, round(scale.half_stars(scale.low)))
    ends = {lowest, BEST}
    if given == ends or (given <= ends and scale.high - scale.low == 1):
        step = BEST - lowest
    else:
        step = WHOLE if given and all(half % WHOLE == 0 for half in given) else 1
    least = BEST - (BEST - lowest) // step * step
    return RatedPlaces(least / 2, step / 2)
