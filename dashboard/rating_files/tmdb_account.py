"""TMDB: the export of an account's ratings. Its column "Rating" is the crowd's."""

from dashboard.rating_files.rating_scales import TEN
from dashboard.rating_files.table_layouts import USUAL, TableLayout, having

TMDB_RATINGS = TableLayout(
    "TMDB",
    having("tmdbid", "yourrating", "releasedate"),
    TEN,
    columns=USUAL | {"rating": ("yourrating",)},
)
