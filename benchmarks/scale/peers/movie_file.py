"""movies.csv and tags.csv as the peers outside PostgreSQL read them."""

from pathlib import Path

import numpy as np
import pandas as pd

from db.filters.rating_filters import RatingFilters


def movies(source: Path) -> pd.DataFrame:
    """Returns: movie_id, release_year (Int16, missing where the title ends in none), genres, tags
    (a set of lower-case texts)."""
    rows = pd.read_csv(source / "movies.csv")
    year = rows["title"].str.extract(r"\((\d{4})\)\s*$", expand=False)
    return pd.DataFrame(
        {
            "movie_id": rows["movieId"].astype("int32"),
            "release_year": year.astype("Int16"),
            "genres": rows["genres"].replace("(no genres listed)", ""),
            "tags": rows["movieId"].map(_tags(source)),
        }
    )


def _tags(source: Path) -> dict[int, frozenset[str]]:
    file = source / "tags.csv"
    if not file.exists():
        return _Missing()
    rows = pd.read_csv(file, usecols=["movieId", "tag"], dtype={"tag": str})
    folded = rows["tag"].fillna("").str.strip().str.lower()
    return _Missing(folded.groupby(rows["movieId"]).agg(frozenset).to_dict())


class _Missing(dict):
    """No tags for a film that has none."""

    def __missing__(self, movie_id: int) -> frozenset[str]:
        return frozenset()


def passing_films(films: pd.DataFrame, filters: RatingFilters) -> np.ndarray | None:
    """Ids of the films that pass, by each filter's own rule for plain pandas; None for all."""
    passing = filters.passing_films(films)
    return None if passing.all() else films["movie_id"].to_numpy()[passing]
