"""How numbers lie in the packed columns: as the comments on them in tables.sql say.

There the formats are part of a dataset's layout, so that bytes which lie otherwise are never read:
another format is another layout. Whoever packs or unpacks takes the format from here.
"""

import re
from importlib.resources import files

import numpy as np

COMMENT = re.compile(r"comment on column (\w+\.\w+) is '([^']*)';")
SAID = dict(COMMENT.findall(files(__package__).joinpath("tables.sql").read_text()))
"""By column: a numpy type, or the name and type of each field of a record."""


def _format(*columns: str) -> np.dtype:
    """The format of columns that have the same one."""
    (said,) = {SAID[column] for column in columns}
    fields = [tuple(field.split()) for field in said.split(", ")]
    return np.dtype(fields if len(fields) > 1 else said)


COUNT = _format(
    "user_order.user_ids", "user_order.ratings", "user_genres.ratings", "user_releases.ratings"
)
MONTH_COUNT = _format("user_months.ratings")
RATER = _format("film_raters.raters")
RATING = _format("user_vectors.films")
