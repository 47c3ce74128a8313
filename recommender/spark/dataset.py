"""One dataset from Spark to PostgreSQL: checked, written, added up, and made the current one."""

import dataclasses
import logging

import pandas as pd
from pyspark.sql import DataFrame

from db.errors import LoadError
from db.ingest import written_elsewhere
from db.ingest.base_tables import genres_of, with_masks
from db.ingest.dataset_tables import users_one_in
from db.ingest.sources.movie_lines import unlisted_movies
from db.ingest.swap import replace
from db.ingest.written_elsewhere import Description
from db.store.datasets import Dataset, schema_of
from recommender.spark.checked import checked, checked_tags
from recommender.spark.code_shipped import ship
from recommender.spark.copying import Target
from recommender.spark.jdbc import Database
from recommender.spark.large_tables import copy_ratings
from recommender.spark.source_frames import SparkSource
from recommender.spark.survey import Survey
from recommender.spark.tag_tables import copy_tags, survey_tags

logger = logging.getLogger(__name__)

TAGS = "tags"


def aggregate(
    source: SparkSource,
    movies: pd.DataFrame | None,
    tags: DataFrame | None,
    target: Database,
    name: str,
    max_rejected: float,
) -> Dataset:
    """Make the source's ratings the current dataset of the target, which DATABASE_URL names.

    Raises: LoadError, SparkError, DatabaseUnavailable; what was loaded is then as it was.
    """
    ship(source.spark)
    listed = None if movies is None else movies["movie_id"].tolist()
    genres = [] if movies is None else genres_of(movies)
    rows = checked(source.ratings(), listed, source.partitions).persist()
    logger.info("Checking ratings")
    survey = Survey.of(rows)
    if movies is None:
        movies = unlisted_movies(survey.films)
    films = with_masks(movies, genres)
    described = _described(source.where, name, survey, genres, max_rejected)
    described.fingerprint.add_movies(movies)
    if tags is not None:
        tags = checked_tags(tags, listed).persist()
        found = survey_tags(tags, TAGS, described.rejections)
        described.fingerprint.add(found)
        described = dataclasses.replace(described, tags=found.rows)

    def filling(connection, number: int) -> None:
        try:
            written_elsewhere.create_tables(connection, number, films, genres)
            schema = Target(target.url, schema_of(number))
            schema.create_marks(connection)
            logger.info("Writing %s ratings", f"{survey.ratings:,}")
            copy_ratings(schema, rows, films, survey.places)
            if tags is not None:
                copy_tags(schema, tags)
            schema.drop_marks(connection)
            logger.info("Adding up")
            written_elsewhere.finish(connection, number, described)
        except BaseException:
            written_elsewhere.drop(connection, number)
            raise

    return replace(filling)


def _described(
    file: str, name: str, survey: Survey, genres: list[str], max_rejected: float
) -> Description:
    """Raises: LoadError where too much can't be used."""
    rejections = survey.rejections(file)
    if problem := rejections.too_many(max_rejected):
        raise LoadError(problem)
    if not survey.ratings:
        raise LoadError(f"{file} has no ratings.")
    return Description(
        name=name,
        fingerprint=survey.fingerprint,
        genres=genres,
        ratings=survey.ratings,
        tags=0,
        first=survey.first,
        last=survey.last,
        users_one_in=users_one_in(survey.ratings),
        rejections=rejections,
    )
