"""MovieLens: a visitor's own ratings, with ids of IMDb without their "tt"."""

from dashboard.rating_files.rating_scales import FIVE
from dashboard.rating_files.table_layouts import TableLayout, having

MOVIELENS = TableLayout("MovieLens", having("movieid", "imdbid", "rating", "title"), FIVE)
