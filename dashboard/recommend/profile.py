"""A visitor's ratings: what the browser keeps, and hands over as a file or a link."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from dashboard import ids
from dashboard.figures.titles import plain_title
from dashboard.state.payloads import UnusableInput

VERSION = 1
MOST_FILMS = 10_000
MOST_ASKED = 1_000  # ratings that a question to a model is asked with: more cost, and change little
ENOUGH = 3  # ratings, from which on recommendations follow each by themselves
EMPTY_PROFILE: dict = {"version": VERSION, "fingerprint": None, "movies": []}
MARKS = ("hidden", "dismissed", "saved")  # what a film has in the place of stars
STARS = tuple(half / 2 for half in range(1, 11))


class SavedProfileError(Exception):
    """A profile that can't be used; says what is wrong with it."""


@dataclass(frozen=True)
class SavedProfile:
    """What a visitor said of films.

    ratings: {movie_id: stars}, 0.5 to 5 by half. hidden: films that are not to come again: not
    seen, or, of those `dismissed`, not wanted. saved: films kept for later, of neither kind.
    """

    ratings: Mapping[int, float] = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    dismissed: frozenset[int] = frozenset()
    saved: frozenset[int] = frozenset()

    @classmethod
    def from_json(cls, data: object) -> "SavedProfile":
        """Read the versioned JSON object; of more than MOST_FILMS the latest, which come last.

        Raises SavedProfileError naming the first thing wrong.
        """
        if not isinstance(data, dict):
            raise SavedProfileError("it is not a JSON object")
        if data.get("version") != VERSION:
            raise SavedProfileError(
                f"its version is {data.get('version')!r:.40}, not {VERSION} as expected here"
            )
        films = data.get("movies")
        if not isinstance(films, list):
            raise SavedProfileError("it has no list of films named “movies”")
        ratings: dict[int, float] = {}
        marked: dict[str, set[int]] = {mark: set() for mark in MARKS}
        for place, film in enumerate(films[-MOST_FILMS:], max(1, len(films) - MOST_FILMS + 1)):
            movie_id, stars = _film(place, film)
            if stars is not None:
                ratings[movie_id] = stars
            for mark, of_mark in marked.items():
                if film.get(mark) is True:
                    of_mark.add(movie_id)
        hidden = marked["hidden"] - ratings.keys()
        dismissed, saved = marked["dismissed"] & hidden, marked["saved"] - hidden - ratings.keys()
        return cls(ratings, frozenset(hidden), frozenset(dismissed), frozenset(saved))

    @classmethod
    def from_store(cls, stored: object) -> "SavedProfile":
        """What the browser keeps; nothing is an empty profile. Raises UnusableInput."""
        try:
            return cls.from_json(EMPTY_PROFILE if stored is None else stored)
        except SavedProfileError as error:
            raise UnusableInput(ids.PROFILE, stored, str(error)) from None

    @property
    def asked(self) -> dict[int, float]:
        """The latest MOST_ASKED ratings: models are asked with these."""
        return dict(list(self.ratings.items())[-MOST_ASKED:])

    @property
    def not_again(self) -> frozenset[int]:
        """Films that no model may list: hidden ones, and rated ones that it does not know of."""
        return self.hidden | (self.ratings.keys() - self.asked.keys())

    @property
    def left_out(self) -> str | None:
        """That not all ratings are gone by, where so it is."""
        if len(self.ratings) <= MOST_ASKED:
            return None
        return f"Of your {len(self.ratings):,} ratings the latest {MOST_ASKED:,} count here."


def saved_film(film: Mapping) -> dict:
    """What a profile says of a film beside its stars; None for what is unknown.

    Its title is as people read it: the visitor sees it on Yours, in files and in previews.
    """
    year, imdb_id = film["release_year"], film["imdb_id"]
    return {
        "movie_id": int(film["movie_id"]),
        "title": film["title"] and plain_title(film["title"]),
        "release_year": None if pd.isna(year) else int(year),
        "imdb_id": None if pd.isna(imdb_id) else imdb_id,
    }


def _film(place: int, film: object) -> tuple[int, float | None]:
    if not isinstance(film, dict):
        raise SavedProfileError(f"film {place} is not an object")
    movie_id = film.get("movie_id")
    if isinstance(movie_id, bool) or not isinstance(movie_id, int) or not 0 <= movie_id < 2**31:
        raise SavedProfileError(
            f"film {place} has no whole number as movie_id, but {movie_id!r:.40}"
        )
    if film.get("hidden") is True or film.get("saved") is True:
        return movie_id, None
    stars = film.get("stars")
    if isinstance(stars, bool) or stars not in STARS:
        raise SavedProfileError(
            f"film {place} ({movie_id}) has {stars!r:.40} stars; 0.5 to 5 by halves are possible"
        )
    return movie_id, float(stars)
