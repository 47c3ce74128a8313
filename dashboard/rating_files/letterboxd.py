"""Letterboxd: ratings.csv, watched.csv, watchlist.csv, diary.csv and reviews.csv, and lists."""

from dashboard.rating_files.file_entries import Kind
from dashboard.rating_files.rating_scales import FIVE
from dashboard.rating_files.table_layouts import TableLayout, having

LETTERBOXD = "Letterboxd"


def kind_by_name(name: str) -> Kind:
    """watched.csv and watchlist.csv have the same columns."""
    return "saved" if "watchlist" in name.lower() else "seen"


LETTERBOXD_DIARY = TableLayout(
    LETTERBOXD, having("letterboxduri", "watcheddate"), FIVE, repeats=True
)
LETTERBOXD_FILMS = TableLayout(LETTERBOXD, having("letterboxduri", "name"), FIVE, kind=kind_by_name)
LETTERBOXD_LIST = TableLayout(
    LETTERBOXD,
    having("position", "name", "year", "url", "description"),
    FIVE,
    kind=lambda name: "saved",
)
