"""Films found by title and year, however a dataset writes them."""

import re
import unicodedata
from collections.abc import Iterable

import numpy as np

from recommender.data.rating_matrix import RatingMatrix

ARTICLES = r"the|a|an|l'|la|le|les|il|der|die|das|el"


def plain(title: str) -> str:
    """Letters and digits in lower case, one blank between words: "Kid, The (1921)" is "the kid".

    Without year, foreign title and accents; the article in front.
    """
    bare = re.sub(r"\([^)]*\)", " ", title).strip()
    bare = re.sub(rf"^(.*), ({ARTICLES})$", r"\2 \1", bare, flags=re.IGNORECASE)
    letters = unicodedata.normalize("NFKD", bare).encode("ascii", "ignore").decode()
    return " ".join(re.findall(r"[a-z0-9]+", letters.lower()))


class FilmTitles:
    """The films of a dataset by title and year."""

    def __init__(self, matrix: RatingMatrix):
        years = matrix.release_years
        self.names = [plain(title) for title in matrix.movies["title"]]
        self._columns: dict[tuple[str, float], int] = {}
        for column in matrix.by_popularity[::-1].tolist():  # of two of one name the better known
            self._columns[self.names[column], years[column]] = column

    def column(self, title: str, year: int) -> int | None:
        """Where the film is; None where it is not."""
        return self._columns.get((plain(title), float(year)))

    def columns(self, films: Iterable[tuple[str, int]]) -> np.ndarray:
        """Of those films that are there."""
        found = (self.column(title, year) for title, year in films)
        return np.array([column for column in found if column is not None], dtype=int)

    def named(self, titles: Iterable[str]) -> np.ndarray:
        """Which films have one of these titles, or begin with it; boolean (n_movies,)."""
        begin = tuple(plain(title) for title in titles)
        return np.array([name.startswith(begin) for name in self.names], dtype=bool)
