"""The ratings that models learn from and are measured on: from the database, or from files."""

import sys

import numpy as np

from db.ingest.in_memory import read_source
from db.ingest.sources import open_source
from db.ingest.sources.source import Source
from db.store.engine import available, dataset, reading
from db.store.training_data import all_movies, all_ratings, all_tags, ratings_by_user, timed_ratings
from recommender.data.rating_log import RatingLog
from recommender.data.rating_matrix import RatingMatrix
from recommender.data.tags import Tags


def stored_matrix() -> RatingMatrix:
    """The current dataset, as of one moment. Raises NoDataset or DatabaseUnavailable."""
    with reading() as connection:
        fingerprint = dataset(connection).fingerprint
        movies, tags = all_movies(connection), _tags(connection)
        users, films, half_stars = all_ratings(connection).values()
    return RatingMatrix.from_triplets(users, films, _stars(half_stars), movies, fingerprint, tags)


def stored_log() -> RatingLog:
    """The current dataset, as of one moment. Raises NoDataset or DatabaseUnavailable."""
    with reading() as connection:
        about, movies, tags = dataset(connection), all_movies(connection), _tags(connection)
        users, films, half_stars, seconds = timed_ratings(connection).values()
    given = (users, films, _stars(half_stars), seconds, movies, tags)
    return RatingLog(about.name, about.fingerprint, *given, order="of user and film")


def sampled_log(most_ratings: int, seed: int = 0) -> RatingLog:
    """The current dataset's users drawn at random, as many as have so many ratings together.

    All of them where they have no more. Raises NoDataset or DatabaseUnavailable.
    """
    with reading() as connection:
        about, movies, tags = dataset(connection), all_movies(connection), _tags(connection)
        ids, sizes = ratings_by_user(connection).values()
        users = drawn_users(ids, sizes, most_ratings, seed)
        all_users = None if users is None else about.users
        ids, films, half_stars, seconds = timed_ratings(connection, users).values()
    if users is not None:
        tags = tags.only(np.isin(tags.user_ids, users))
    given = (ids, films, _stars(half_stars), seconds, movies, tags, "of user and film", all_users)
    return RatingLog(about.name, about.fingerprint, *given)


def drawn_users(
    user_ids: np.ndarray, sizes: np.ndarray, most_ratings: int, seed: int
) -> np.ndarray | None:
    """Ids of users drawn at random whose ratings add up to at most so many; None for all.

    sizes (n_users,): ratings of each.
    """
    if sizes.sum() <= most_ratings:
        return None
    order = np.random.default_rng(seed).permutation(len(user_ids))
    n = max(1, int(np.sum(np.cumsum(sizes[order]) <= most_ratings)))
    return np.sort(user_ids[order[:n]])


def log_of(source: Source) -> RatingLog:
    """From files, without a database. Raises LoadError, as an import does."""
    read = read_source(source)
    users, films, half_stars, seconds, _ = read.ratings
    given = (users, films, _stars(half_stars), seconds, read.movies)
    return RatingLog(read.name, read.fingerprint, *given, Tags.joined([t[:4] for t in read.tags]))


def read_log(source: str | None) -> RatingLog:
    """The ratings of a folder, a zip or a file; without one, of the loaded dataset.

    Raises LoadError, DatabaseError.
    """
    if source is None:
        with available():
            return stored_log()
    opened = open_source(source)
    log = log_of(opened)
    if opened.rejections.reasons:
        print(f"Left out: {opened.rejections.in_words()}.", file=sys.stderr)
    return log


def _tags(connection) -> Tags:
    columns, texts = all_tags(connection)
    users, films, seconds, codes = columns.values()
    return Tags.from_codes(users, films, seconds, codes, texts)


def _stars(half_stars: np.ndarray) -> np.ndarray:
    return half_stars.astype(np.float32) / 2
