"""IMDb: ratings, and lists such as the watchlist, with the headers of today and until 2016."""

from dashboard.rating_files.rating_scales import TEN
from dashboard.rating_files.table_layouts import TableLayout, having

IMDB_LIST = TableLayout("IMDb", having("const", "position"), TEN, kind=lambda name: "saved")
IMDB_RATINGS = TableLayout("IMDb", having("const", "title"), TEN)
