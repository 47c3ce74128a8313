"""Criticker: ratings on a range that each user chooses; its header has blanks before the names."""

from dashboard.rating_files.table_layouts import TableLayout, having

CRITICKER = TableLayout("Criticker", having("score", "filmname"), None)
