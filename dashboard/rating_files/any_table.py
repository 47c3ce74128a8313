"""A table of whoever made it: a title or an id of IMDb or TMDB, and a rating."""

from dashboard.rating_files.table_layouts import USUAL, Columns, TableLayout

FILM = frozenset({*USUAL["title"], *USUAL["imdb"], *USUAL["tmdb"]})
RATING = frozenset(USUAL["rating"])


def _rates_films(columns: Columns) -> bool:
    return bool(columns & FILM and columns & RATING)


ANY_TABLE = TableLayout("A table", _rates_films, None)
