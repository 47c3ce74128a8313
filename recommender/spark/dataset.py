"""One dataset from Spark to PostgreSQL: checked, added up, written, and made the current one."""

import logging

import pandas as pd
from pyspark.sql import DataFrame

from db.errors import LoadError
from db.ingest import written_elsewhere
from db.ingest.base_tables import genre_masks, genres_of
from db.ingest.dataset_tables import users_one_in
from db.ingest.fingerprint import Fingerprint
from db.ingest.sources.movie_lines import unlisted_movies
from db.ingest.sources.rejections import Rejections
from db.ingest.swap import replace
from db.ingest.written_elsewhere import Description
from db.store.datasets import Dataset, schema_of
from recommender.spark.checked import checked, reasons
from recommender.spark.jdbc import Database
from recommender.spark.rollup_jobs import rollups
from recommender.spark.row_hashes import add_ratings
from recommender.spark.source_frames import SparkSource

logger = logging.getLogger(__name__)


def aggregate(
    source: SparkSource,
    movies: pd.DataFrame | None,
    target: Database,
    name: str,
    max_rejected: float,
) -> Dataset:
    """Make the source's ratings the current dataset of the target, which DATABASE_URL names.

    Raises: LoadError, SparkError, DatabaseUnavailable; what was loaded is then as it was.
    """
    listed = None if movies is None else movies["movie_id"].tolist()
    genres = [] if movies is None else genres_of(movies)
    rows = checked(source.ratings(), listed).persist()
    rejections = _rejections(source.where, rows, max_rejected)
    ratings = rows.where("reason is null").drop("reason")
    if movies is None:
        movies = unlisted_movies(row[0] for row in ratings.select("movie_id").distinct().collect())
    films = movies.assign(genre_mask=genre_masks(movies["genres"], genres))
    described = _described(name, ratings, movies, genres, rejections)

    def filling(connection, number: int) -> None:
        try:
            written_elsewhere.create_tables(connection, number, films, genres)
            tables = {"ratings": ratings} | rollups(ratings, films, described.users_one_in)
            for table, content in tables.items():
                logger.info("Writing %s", table)
                target.append(content, f"{schema_of(number)}.{table}")
            written_elsewhere.finish(connection, number, described)
        except BaseException:
            written_elsewhere.drop(connection, number)
            raise

    return replace(filling)


def _rejections(file: str, rows: DataFrame, max_rejected: float) -> Rejections:
    total, broken = reasons(rows)
    rejections = Rejections()
    rejections.read[file], rejections.rejected[file] = total, broken.total()
    rejections.reasons.update(broken)
    if problem := rejections.too_many(max_rejected):
        raise LoadError(problem)
    if broken.total() == total:
        raise LoadError(f"{file} has no ratings.")
    return rejections


def _described(
    name: str, ratings: DataFrame, movies: pd.DataFrame, genres: list[str], rejections: Rejections
) -> Description:
    count, first, last = ratings.selectExpr("count(*)", "min(rated_at)", "max(rated_at)").head()
    fingerprint = Fingerprint()
    add_ratings(fingerprint, ratings, count)
    fingerprint.add_movies(movies)
    return Description(
        name=name,
        fingerprint=fingerprint.hexdigest(),
        genres=genres,
        ratings=count,
        first=first,
        last=last,
        users_one_in=users_one_in(count),
        rejections=rejections,
    )
