"""The paths that pages link to each other by; each is the page's own in its register_page."""

import re

from dash import get_relative_path

OVERVIEW = "/"
FILMS = "/films"
FILM = "/films/<movie>"
RECOMMEND = "/recommend"
TASTE = "/taste"
TASTE_MAP = "/map"
TOGETHER = "/together"
YOURS = "/yours"
DATA = "/data"
EMBED = "/embed/<chart>"

_FILM = re.compile(FILM.replace("<movie>", "([0-9]{1,9})") + "/?$")


def film_path(movie_id: int) -> str:
    """A film's page, below the app's prefix."""
    return get_relative_path(FILM.replace("<movie>", str(movie_id)))


def taste_path(user_id: int) -> str:
    """The page of a user's taste, below the app's prefix."""
    return get_relative_path(f"{TASTE}?user={user_id}")


def movie_of(path: str) -> int | None:
    """The film that a path such as /films/318 is the page of."""
    found = _FILM.search(path)
    return int(found[1]) if found else None
