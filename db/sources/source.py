"""What a reader gives to the importer."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

NO_GENRES = "(no genres listed)"


@dataclass(frozen=True)
class Source:
    """A dataset to load."""

    name: str
    movies: pd.DataFrame
    """movie_id, title, release_year (Int64, missing: unknown), genres ("A|B", "" for none)."""
    ratings: Iterable[pd.DataFrame]
    """Pieces of bounded size: user_id, movie_id, rating (stars, 0.5 to 5), timestamp (s, UTC)."""
    size: int
    """Ratings to expect, for progress and for the space they take."""


def genre_names(listed: str | None) -> tuple[str, ...]:
    """The genres of a "A|B" list, each once, in the list's order.

    A comma separates too: query strings write genres that way, so no name may hold one.
    """
    if not isinstance(listed, str) or listed.strip() == NO_GENRES:
        return ()
    names = (name.strip() for name in re.split(r"[|,]", listed))
    return tuple(dict.fromkeys(name for name in names if name))
