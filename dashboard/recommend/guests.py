"""The people who look for a film together, as assets/together.js sends them."""

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, Field

from dashboard.recommend.profile import MOST_FILMS, STARS
from dashboard.state.payloads import FROM_LIST, MovieId, one_of

FEWEST, MOST = 2, 6  # people
LONGEST_NAME = 30

Stars = Annotated[float, one_of(STARS)]
Rating = Annotated[tuple[MovieId, Stars], FROM_LIST]


class Guest(BaseModel):
    """One person: ratings as [movie_id, stars], and the films that they sent away."""

    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    ratings: Annotated[list[Rating], Field(max_length=MOST_FILMS, fail_fast=True)]
    dismissed: Annotated[list[MovieId], Field(max_length=MOST_FILMS, fail_fast=True)]


Guests = Annotated[list[Guest], Field(max_length=MOST)]


def seen(guests: Sequence[Guest]) -> set[int]:
    """The films that somebody has rated."""
    return {movie for guest in guests for movie, _ in guest.ratings}


def sent_away(guests: Sequence[Guest]) -> set[int]:
    """The films that somebody does not want."""
    return {movie for guest in guests for movie in guest.dismissed}
