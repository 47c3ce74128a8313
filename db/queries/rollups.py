"""The families of rollups that `db/store/rollups.sql` makes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rollup:
    """Tables `<name>_months`, and `<name>_years` or `<name>_totals`."""

    name: str
    rows: str = "true"
    """Which of their rows are meant."""
    has_totals: bool = False
    has_genre_mask: bool = True
    """Else `rows` says which genres are meant."""


MOVIES = Rollup("movie", has_totals=True)
"""For a period see db/queries/film_sums.py."""
ONE_MOVIE = Rollup("movie", "movie_id = :movie")
MASKS = Rollup("mask")
SETS = Rollup("set")
"""As MASKS, for any release year."""
EACH_GENRE = Rollup("genre", "genre is not null", has_genre_mask=False)
ALL_GENRES = Rollup("genre", "genre is null", has_genre_mask=False)
ONE_GENRE = Rollup("genre", "genre = :only_genre", has_genre_mask=False)
