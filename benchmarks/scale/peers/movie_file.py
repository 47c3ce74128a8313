"""movies.csv as the peers outside PostgreSQL read it."""

from pathlib import Path

import pandas as pd


def movies(source: Path) -> pd.DataFrame:
    """Returns: movie_id, release_year (Int16, missing where the title ends in none), genres."""
    rows = pd.read_csv(source / "movies.csv")
    year = rows["title"].str.extract(r"\((\d{4})\)\s*$", expand=False)
    return pd.DataFrame(
        {
            "movie_id": rows["movieId"].astype("int32"),
            "release_year": year.astype("Int16"),
            "genres": rows["genres"].replace("(no genres listed)", ""),
        }
    )
