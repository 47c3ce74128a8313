"""The ratings as the models see them: one sparse users × movies matrix, by row and by column."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from recommender.data import arrays
from recommender.data.tags import Tags

LOWEST, HIGHEST = 0.5, 5.0
LIKED = 4.0  # stars: who gives so many likes the film
ARRAYS = ("movie_ids", "user_ids", "counts", "means", "deviations")
NO_GENRES = "(no genres listed)"  # what MovieLens writes
TAGS = ("user_ids", "movie_ids", "seconds", "codes")
COMPRESSED = ("data", "indices", "indptr")


@dataclass(frozen=True, eq=False)
class RatingMatrix:
    """Stars by user (row) and film (column); what is not stored is unknown, not zero.

    movie_ids (n_movies,), user_ids (n_users,): any integers, ascending; only films and users with a
    rating.
    csr, csc (n_users, n_movies): the same stars, float32, for reading by user and by film.
    counts, means, deviations (n_movies,): each film's ratings, mean and population standard
    deviation.
    movies: movie_id, title, release_year (Int64, unknown is NA), genres ("A|B"), in matrix order.
    tags: what users called films.
    """

    movie_ids: np.ndarray
    user_ids: np.ndarray
    csr: sparse.csr_array
    csc: sparse.csc_array
    counts: np.ndarray
    means: np.ndarray
    deviations: np.ndarray
    movies: pd.DataFrame
    fingerprint: str
    tags: Tags

    @classmethod
    def from_frame(
        cls, ratings: pd.DataFrame, movies: pd.DataFrame | None = None
    ) -> "RatingMatrix":
        """From [user_id, movie_id, rating] and, if known, [movie_id, title, release_year, genres].

        Of several ratings of one film by one user the last row counts. Raises ValueError for no
        ratings, ids that are not integers, and ratings outside 0.5 to 5.
        """
        if ratings.empty:
            raise ValueError("there are no ratings")
        last = ratings.drop_duplicates(["user_id", "movie_id"], keep="last")
        users, films = (_integers(last[name]) for name in ("user_id", "movie_id"))
        return cls.from_triplets(users, films, _stars(last["rating"]), movies)

    @classmethod
    def from_triplets(
        cls, users, films, stars, movies=None, fingerprint=None, tags=None
    ) -> "RatingMatrix":
        """From three aligned arrays, one element per rating, with no user–film pair twice."""
        rows, user_ids = pd.factorize(users, sort=True)
        columns, movie_ids = pd.factorize(films, sort=True)
        coordinates = (rows.astype(np.int32), columns.astype(np.int32))
        shape = (len(user_ids), len(movie_ids))
        csr = sparse.coo_array((np.asarray(stars, np.float32), coordinates), shape=shape).tocsr()
        return cls.from_csr(csr, user_ids, movie_ids, movies, fingerprint, tags)

    @classmethod
    def from_csr(
        cls, csr, user_ids, movie_ids, movies=None, fingerprint=None, tags=None
    ) -> "RatingMatrix":
        """From a matrix without empty columns; without a fingerprint, the content's is taken."""
        counts, means, deviations = _moments(csr)
        table = _movie_table(movie_ids, movies)
        fingerprint = fingerprint or _fingerprint(csr, user_ids, movie_ids, table)
        return cls(
            *(movie_ids, user_ids, csr, csr.tocsc(), counts, means, deviations),
            *(table, fingerprint, tags or Tags.none()),
        )

    def take_users(self, rows: np.ndarray) -> "RatingMatrix":
        """The matrix of these users (row numbers) alone, without films that none of them rated.

        And without what others called films.
        """
        kept = self.csr[rows]
        rated = np.flatnonzero(np.bincount(kept.indices, minlength=self.n_movies))
        return RatingMatrix.from_csr(
            *(kept[:, rated], self.user_ids[rows], self.movie_ids[rated], self.movies.iloc[rated]),
            tags=self.tags.only(np.isin(self.tags.user_ids, self.user_ids[rows])),
        )

    def triplets(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """User ids, film ids and stars of all ratings, in order of user and film."""
        rows = np.repeat(np.arange(self.n_users), np.diff(self.csr.indptr))
        return self.user_ids[rows], self.movie_ids[self.csr.indices], self.csr.data

    def of_user(self, user_id: int) -> tuple[np.ndarray, np.ndarray]:
        """The columns of the films that a user rated, and the stars; none for an unknown user."""
        row = np.searchsorted(self.user_ids, user_id)
        if row == self.n_users or self.user_ids[row] != user_id:
            return np.array([], dtype=int), np.array([])
        ratings = slice(self.csr.indptr[row], self.csr.indptr[row + 1])
        return self.csr.indices[ratings], self.csr.data[ratings].astype(float)

    @property
    def n_users(self) -> int:
        return self.csr.shape[0]

    @property
    def n_movies(self) -> int:
        return self.csr.shape[1]

    @cached_property
    def overall_mean(self) -> float:
        """The mean of all ratings, stars."""
        return float(np.average(self.means, weights=self.counts))

    @cached_property
    def by_popularity(self) -> np.ndarray:
        """Columns from the most rated film to the least; equal counts in order of id."""
        return most_rated(self.counts)

    @cached_property
    def release_years(self) -> np.ndarray:
        """Release year of each film, NaN where unknown."""
        return self.movies["release_year"].to_numpy(dtype=float, na_value=np.nan)

    @cached_property
    def genre_names(self) -> tuple[str, ...]:
        """All genres, in alphabetical order."""
        listed = "|".join(self.movies["genres"].unique())
        return tuple(sorted({name for name in listed.split("|") if name}))

    @cached_property
    def genre_flags(self) -> np.ndarray:
        """Which films (rows) are of which of genre_names (columns), boolean."""
        place = {name: i for i, name in enumerate(self.genre_names)}
        flags = np.zeros((self.n_movies, len(place)), dtype=bool)
        for column, listed in enumerate(self.movies["genres"]):
            flags[column, [place[name] for name in listed.split("|") if name]] = True
        return flags

    @cached_property
    def _column_of(self) -> dict[int, int]:
        return {movie_id: column for column, movie_id in enumerate(self.movie_ids.tolist())}

    def columns(self, movie_ids: Iterable[int]) -> np.ndarray:
        """The column of each film id, -1 for a film that is not in the matrix."""
        return np.array([self._column_of.get(movie_id, -1) for movie_id in movie_ids], dtype=int)

    def without(self, movie_ids: Iterable[int]) -> np.ndarray:
        """True for every film but these; ids that are not in the matrix are ignored."""
        left = np.ones(self.n_movies, dtype=bool)
        columns = self.columns(movie_ids)
        left[columns[columns >= 0]] = False
        return left

    def save(self, directory: Path) -> None:
        """Write everything as plain arrays, in place of what the directory held."""
        table = {
            name: column.astype(object).where(column.notna(), None).tolist()
            for name, column in self.movies.items()
        }
        about = {"fingerprint": self.fingerprint, "movies": table, "tags": self.tags.names}
        arrays.save(directory, self._arrays(), about)

    @classmethod
    def load(cls, directory: Path) -> "RatingMatrix":
        """A saved matrix, mapped into memory and so shared by all processes that load it.

        Raises ArtifactError where it is missing or damaged.
        """
        saved, about = arrays.load(directory)
        try:
            plain: dict[str, Any] = {name: saved[name] for name in ARRAYS}
            shape = (len(plain["user_ids"]), len(plain["movie_ids"]))
            csr, csc = (
                kind(tuple(saved[f"{name}_{part}"] for part in COMPRESSED), shape=shape)
                for name, kind in (("csr", sparse.csr_array), ("csc", sparse.csc_array))
            )
            movies = _movie_table(plain["movie_ids"], pd.DataFrame(about["movies"]))
            tags = Tags(names=about["tags"], **{name: saved[f"tag_{name}"] for name in TAGS})
            plain |= {"movies": movies, "fingerprint": about["fingerprint"], "tags": tags}
            return cls(csr=csr, csc=csc, **plain)
        except Exception as error:  # of whatever kind: it was written by another version
            raise arrays.ArtifactError(f"{directory} is not a rating matrix: {error}") from error

    def _arrays(self) -> dict[str, np.ndarray]:
        plain = {name: getattr(self, name) for name in ARRAYS}
        compressed = {
            f"{name}_{part}": getattr(getattr(self, name), part)
            for name in ("csr", "csc")
            for part in COMPRESSED
        }
        return plain | compressed | {f"tag_{name}": getattr(self.tags, name) for name in TAGS}


def most_rated(counts: np.ndarray) -> np.ndarray:
    """Places of films (n,) from the one with the most ratings to the least; the first of equals."""
    return np.argsort(-counts, kind="stable")


def _integers(ids: pd.Series) -> np.ndarray:
    if not pd.api.types.is_integer_dtype(ids) or ids.hasnans:
        raise ValueError(f"{ids.name} must hold integers, not {ids.dtype}")
    return ids.to_numpy(dtype=np.int64)


def _stars(ratings: pd.Series) -> np.ndarray:
    stars = ratings.to_numpy(dtype=np.float32, na_value=np.nan)
    wrong = ~((stars >= LOWEST) & (stars <= HIGHEST))
    if wrong.any():
        raise ValueError(f"a rating must be {LOWEST} to {HIGHEST:g} stars, not {stars[wrong][0]:g}")
    return stars


def _moments(csr) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    def total(weights):
        return np.bincount(csr.indices, weights=weights, minlength=csr.shape[1])

    counts = np.bincount(csr.indices, minlength=csr.shape[1])
    means = total(csr.data) / counts
    # Stars are halves, so their squares sum exactly; only the subtraction can dip below zero.
    variances = total(csr.data * csr.data) / counts - means**2
    return counts, means, np.sqrt(variances.clip(min=0))


def _movie_table(movie_ids: np.ndarray, movies: pd.DataFrame | None) -> pd.DataFrame:
    """One row per film of the matrix; a film that `movies` does not name is called by its id."""
    known = pd.DataFrame({"movie_id": movie_ids}) if movies is None else movies
    known = known.drop_duplicates("movie_id").set_index("movie_id")
    known = known.reindex(movie_ids).reindex(columns=["title", "release_year", "genres"])
    names = pd.Series([f"Film {movie_id}" for movie_id in movie_ids], index=movie_ids)
    return pd.DataFrame(
        {
            "movie_id": movie_ids,
            "title": known["title"].astype(object).fillna(names).to_numpy(),
            "release_year": known["release_year"].astype("Int64").to_numpy(),
            "genres": known["genres"].astype(object).fillna("").replace(NO_GENRES, "").to_numpy(),
        }
    ).astype({"release_year": "Int64", "title": object, "genres": object})


def _fingerprint(csr, user_ids, movie_ids, movies: pd.DataFrame) -> str:
    digest = hashlib.blake2b(digest_size=8)
    for array in (user_ids, movie_ids, csr.indptr, csr.indices, csr.data):
        digest.update(np.ascontiguousarray(array).data)
    digest.update(movies.to_json().encode())
    return digest.hexdigest()
