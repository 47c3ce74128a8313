"""Ratings in a folder of MovieLens layout, for measuring without a database."""

from pathlib import Path

import pandas as pd


class FolderError(Exception):
    """The folder can't be read; the message is one line that says what to give instead."""


def read_folder(directory: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """ratings.csv and movies.csv as [user_id, movie_id, rating], in file order, and the film table.

    The film table is [movie_id, title, release_year, genres]; the year is the (YYYY) that ends the
    title. Raises FolderError.
    """
    ratings = _read(
        directory / "ratings.csv", {"userId": "user_id", "movieId": "movie_id", "rating": "rating"}
    )
    movies = _read(
        directory / "movies.csv", {"movieId": "movie_id", "title": "title", "genres": "genres"}
    )
    years = movies["title"].str.extract(r"\((\d{4})\)\s*$", expand=False)
    return ratings, movies.assign(release_year=years.astype("Int64"))


def _read(path: Path, names: dict[str, str]) -> pd.DataFrame:
    try:
        return pd.read_csv(path, usecols=list(names)).rename(columns=names)
    except FileNotFoundError:
        raise FolderError(
            f"{path} is missing; --data takes a folder with ratings.csv and movies.csv"
        ) from None
    except (OSError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise FolderError(f"{path} can't be read as {','.join(names)}: {reason}") from None
