"""Which films carry which tag, whoever gave it."""

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from db.store.text_copy import copy_rows

BATCH = 1 << 20  # pairs to look through for repeated ones at a time


class TagFilms:
    """Collects pairs of tag and film, and then fills table tag_films.

    Tags of one `same_tag` are one.
    """

    def __init__(self) -> None:
        self.pairs = pd.DataFrame({"tag": [], "movie_id": []})
        self.waiting: list[pd.DataFrame] = []

    def add(self, movie_ids: np.ndarray, tags: np.ndarray) -> None:
        """Take pairs, some of which may have come before; tags of str."""
        same = same_tag(pd.Series(tags, dtype=object))
        self.waiting.append(pd.DataFrame({"tag": same, "movie_id": movie_ids}))
        if sum(map(len, self.waiting)) >= BATCH:
            self._merge()

    def _merge(self) -> None:
        if self.waiting:
            self.pairs = pd.concat([self.pairs, *self.waiting]).drop_duplicates()
            self.waiting.clear()

    def copy(self, connection: Connection, new: bool = True) -> None:
        """Append to the table a row a tag, its films ascending; new: as for copy_rows."""
        self._merge()
        pairs = self.pairs[self.pairs["tag"] != ""].sort_values(["tag", "movie_id"])
        films = pairs.groupby("tag")["movie_id"]
        rows = ((tag, len(ids), _array(ids)) for tag, ids in films)
        copy_rows(connection, "tag_films (tag, films, movie_ids)", rows, new)


def same_tag(tags: pd.Series) -> pd.Series:
    """Tags without what does not tell them apart: case, and blanks around them."""
    return tags.str.strip().str.lower()


def _array(movie_ids: pd.Series) -> str:
    """As PostgreSQL writes an integer[]."""
    return f"{{{','.join(map(str, movie_ids.astype(int)))}}}"
