"""pandas on one table of all ratings with their films' columns, as dashboards are often written."""

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from benchmarks.scale.peers.movie_file import movies
from benchmarks.scale.peers.peer import directions
from db.filters.months import MonthRange
from db.queries.disagreement import MIN_RATINGS
from db.queries.user_sums import BINS
from db.similarity import DEFAULT_USERS

TYPES = {"userId": "int32", "movieId": "int32", "rating": "float32", "timestamp": "int32"}


@dataclass(frozen=True)
class Pandas:
    """ratings: user_id, movie_id, half_stars, month, release_year, genres (categories)."""

    ratings: pd.DataFrame

    @property
    def charts(self) -> Collection[str]:
        return CHARTS

    def answer(
        self,
        chart: str,
        films: np.ndarray | None,
        rated: MonthRange | None,
        movie: int,
        order: Sequence[str],
        limit: int | None,
    ) -> pd.DataFrame:
        passing = _passing(self.ratings, films, rated)
        if chart == "movie-by-month":
            passing = passing[passing["movie_id"] == movie]
        rows = CHARTS[chart](passing)
        if not limit:
            return rows
        by = directions(order)
        ascending = [direction == "asc" for direction in by.values()]
        return rows.sort_values(list(by), ascending=ascending).head(limit)


@contextmanager
def opened(source: Path, scratch: Path) -> Iterator[Pandas]:
    rows = pd.read_csv(source / "ratings.csv", dtype=TYPES)
    ratings = pd.DataFrame(
        {
            "user_id": rows.pop("userId"),
            "movie_id": rows.pop("movieId"),
            "half_stars": (rows.pop("rating") * 2).astype("int32"),
            "month": _months(rows.pop("timestamp")),
        }
    )
    films = movies(source)
    place = pd.Index(films["movie_id"]).get_indexer(ratings["movie_id"])
    ratings["release_year"] = films["release_year"].astype("float32").to_numpy()[place]
    ratings["genres"] = films["genres"].astype("category").array.take(place)
    yield Pandas(ratings)


def _months(seconds: pd.Series) -> np.ndarray:
    return seconds.to_numpy().astype("datetime64[s]").astype("datetime64[M]").astype(np.int16)


def _passing(r: pd.DataFrame, films: np.ndarray | None, rated: MonthRange | None) -> pd.DataFrame:
    keep = np.ones(len(r), bool) if films is None else r["movie_id"].isin(films).to_numpy()
    if rated:
        since, until = rated
        low, high = since.number if since else -np.inf, until.number if until else np.inf
        keep = keep & r["month"].between(low, high).to_numpy()
    return r if keep.all() else r[keep]


def _average(sums: pd.DataFrame) -> pd.DataFrame:
    """half_stars (their sum) becomes average_rating."""
    average = sums["half_stars"] / (2 * sums["ratings"])
    return sums.drop(columns="half_stars").assign(average_rating=average).reset_index()


def _sums(r: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    groups = r.groupby(by, observed=True)["half_stars"]
    return groups.agg(ratings="size", half_stars="sum")


def _how_many(sizes: pd.Series, name: str) -> pd.DataFrame:
    return sizes.value_counts().rename_axis("ratings").reset_index(name=name)


def _by_genre(r: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Sums by sets of genres and keys, then by genre and keys."""
    sums = _sums(r, ["genres", *keys]).reset_index()
    each = sums.assign(genre=sums["genres"].astype(str).str.split("|")).explode("genre")
    each = each[each["genre"] != ""]
    return each.groupby(["genre", *keys])[["ratings", "half_stars"]].sum()


def average_rating_by_month(r):
    return _average(_sums(r, "month"))


def ratings_by_month(r):
    counts = r.groupby("month").size().reset_index(name="ratings")
    return counts.assign(cumulative_ratings=counts["ratings"].cumsum())


def movie_by_month(r):
    by_month = average_rating_by_month(r)
    return by_month.assign(cumulative_ratings=by_month["ratings"].cumsum())


def rating_distribution(r):
    counts = r.groupby("half_stars").size().reset_index(name="ratings")
    stars = counts.pop("half_stars") / 2
    return counts.assign(stars=stars, share=counts["ratings"] / len(r))


def ratings_per_user(r):
    return _how_many(r.groupby("user_id").size(), "users")


def ratings_per_movie(r):
    return _how_many(r.groupby("movie_id").size(), "movies")


def movies_by_genre(r):
    films = r.drop_duplicates("movie_id")["genres"].astype(str)
    each = films.str.split("|").explode()
    return each[each != ""].rename("genre").value_counts().reset_index(name="movies")


def ratings_by_genre(r):
    return _average(_by_genre(r, []))


def genre_share_by_year(r):
    r = r.assign(year=1970 + r["month"] // 12)
    counts = _by_genre(r, ["year"]).reset_index().drop(columns="half_stars")
    return counts.assign(share=counts["ratings"] / counts["year"].map(r.groupby("year").size()))


def genre_by_decade(r):
    r = r[r["release_year"].notna()]
    return _average(_by_genre(r.assign(decade=r["release_year"] // 10 * 10), ["decade"]))


def polarising_movies(r):
    groups = r["half_stars"].groupby(r["movie_id"])
    films = groups.agg(ratings="size", average_rating="mean") / {
        "ratings": 1,
        "average_rating": 2,
    }
    films = films.assign(
        standard_deviation=groups.std(ddof=0) / 2,
        low_share=(r["half_stars"] <= 4).groupby(r["movie_id"]).mean(),
        high_share=(r["half_stars"] >= 8).groupby(r["movie_id"]).mean(),
    )
    return films[films["ratings"] >= MIN_RATINGS].reset_index()


def top_movies(r):
    films = _sums(r, "movie_id")
    often = films[films["ratings"] >= 50]
    prior = often if len(often) >= 10 else films
    mean = prior["half_stars"].sum() / (2 * prior["ratings"].sum())
    weight = np.percentile(prior["ratings"], 75) if len(prior) else np.nan
    score = (films["half_stars"] / 2 + weight * mean) / (films["ratings"] + weight)
    return _average(films.assign(weighted_score=score))


def user_similarity(r):
    sizes = r.groupby("user_id").size().reset_index(name="ratings")
    order = sizes.sort_values(["ratings", "user_id"], ascending=[False, True])
    chosen = r[r["user_id"].isin(order["user_id"][:DEFAULT_USERS])]
    return similarity(*(chosen[name].to_numpy() for name in ("user_id", "movie_id", "half_stars")))


def similarity(users: np.ndarray, films: np.ndarray, half_stars: np.ndarray) -> pd.DataFrame:
    """Cosine of every two of the users, from aligned arrays of their ratings."""
    ids, rows = np.unique(users, return_inverse=True)
    columns, places = np.unique(films, return_inverse=True)
    vectors = np.zeros((len(ids), len(columns)))
    vectors[rows, places] = half_stars
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    return pd.DataFrame(
        {
            "user_id": np.repeat(ids, len(ids)),
            "other_user_id": np.tile(ids, len(ids)),
            "similarity": (vectors @ vectors.T).ravel(),
        }
    )


def user_averages(r):
    users = _sums(r, "user_id")
    place = np.searchsorted(BINS, users["ratings"], side="right")
    binned = pd.DataFrame(
        {
            "ratings_from": np.take(BINS, place - 1),
            "ratings_to": np.take(BINS, place) - 1,
            "average_rating": (5 * users["half_stars"] // users["ratings"]).to_numpy() / 10,
        }
    )
    return binned.groupby(list(binned.columns)).size().reset_index(name="users")


CHARTS: dict[str, Callable[[pd.DataFrame], pd.DataFrame]] = {
    function.__name__.replace("_", "-"): function
    for function in (
        average_rating_by_month,
        ratings_by_month,
        movie_by_month,
        rating_distribution,
        ratings_per_user,
        ratings_per_movie,
        movies_by_genre,
        ratings_by_genre,
        genre_share_by_year,
        genre_by_decade,
        polarising_movies,
        top_movies,
        user_similarity,
        user_averages,
    )
}
