"""One dataset from Spark to PostgreSQL: checked, written, added up, and made the current one."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pyspark.sql import DataFrame
from sqlalchemy import Connection

from db.errors import LoadError
from db.ingest import written_elsewhere
from db.ingest.base_tables import genres_of, with_masks
from db.ingest.dataset_tables import import_of, users_one_in
from db.ingest.sources.movie_lines import unlisted_movies
from db.ingest.sources.rejections import Rejections
from db.ingest.swap import Filling, replace
from db.ingest.written_elsewhere import Description
from db.store.datasets import Dataset, schema_of
from recommender.spark.checked import checked, checked_tags
from recommender.spark.code_shipped import ship
from recommender.spark.copying import Target
from recommender.spark.jdbc import Database
from recommender.spark.kept_ratings import kept
from recommender.spark.large_tables import copy_ratings
from recommender.spark.source_frames import SparkSource
from recommender.spark.survey import Survey
from recommender.spark.tag_tables import copy_tags, survey_tags

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checked:
    """What is to be written."""

    rows: DataFrame
    """Ratings, as `kept_ratings` makes them."""
    tags: DataFrame | None
    """As `checked_tags` makes them."""
    films: pd.DataFrame
    """With genre_mask."""
    survey: Survey
    partitions: int
    """In which ratings come."""
    described: Description

    @classmethod
    def of(
        cls,
        rows: DataFrame,
        tags: DataFrame | None,
        films: pd.DataFrame,
        survey: Survey,
        partitions: int,
        rejections: Rejections,
        **known: Any,
    ) -> "Checked":
        """With the description of it all; known: name, listed, licence and history of that.

        survey: of the rows; films: as Source has them; rejections: so far, tags' are added.
        """
        fingerprint, tagged = survey.fingerprint, 0
        if tags is not None:
            tags = tags.persist()
            of_tags = survey_tags(tags, rejections)
            fingerprint.add(of_tags)
            tagged = of_tags.rows
        fingerprint.add_movies(films)
        genres = genres_of(films)
        described = Description(
            fingerprint=fingerprint,
            genres=genres,
            ratings=survey.ratings,
            tags=tagged,
            first=survey.first,
            last=survey.last,
            users_one_in=users_one_in(survey.ratings),
            rejections=rejections,
            **known,
        )
        return cls(rows, tags, with_masks(films, genres), survey, partitions, described)


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
    logger.info("Checking ratings")
    return replace(filling_of(_checked(source, movies, tags, name, max_rejected), target))


def _checked(
    source: SparkSource,
    movies: pd.DataFrame | None,
    tags: DataFrame | None,
    name: str,
    max_rejected: float,
) -> Checked:
    """Raises: LoadError where too much can't be used."""
    listed = None if movies is None else movies["movie_id"].tolist()
    rows, survey, rejections = usable(source, listed, max_rejected)
    if not survey.ratings:
        raise LoadError(f"{source.where} has no ratings.")
    return Checked.of(
        rows,
        None if tags is None else checked_tags(tags, listed),
        unlisted_movies(survey.films) if movies is None else movies,
        survey,
        source.partitions,
        rejections,
        name=name,
        listed=movies is not None,
        licence="",
        history=[import_of(name, survey.ratings)],
    )


def usable(
    source: SparkSource, listed: Sequence[int] | None, max_rejected: float
) -> tuple[DataFrame, Survey, Rejections]:
    """The source's ratings as `kept_ratings` makes them, and what is known of them.

    listed: as `movie_ids` of `checked`. Raises: LoadError where too much can't be used.
    """
    rows = kept(checked(source.ratings(), listed, source.partitions)).persist()
    survey = Survey.of(rows)
    rejections = survey.rejections(source.where)
    if problem := rejections.too_many(max_rejected):
        raise LoadError(problem)
    return rows, survey, rejections


def filling_of(content: Checked, target: Database) -> Filling:
    """What writes it into a schema of the target."""

    def filling(connection: Connection, number: int) -> None:
        try:
            _fill(connection, number, content, target)
        except BaseException:
            written_elsewhere.drop(connection, number)
            raise

    return filling


def _fill(connection: Connection, number: int, content: Checked, target: Database) -> None:
    described = content.described
    written_elsewhere.create_tables(connection, number, content.films, described.genres)
    schema = Target(target.url, schema_of(number))
    schema.create_marks(connection)
    logger.info("Writing %s ratings", f"{described.ratings:,}")
    copy_ratings(schema, content.rows, content.films, content.survey.places, content.partitions)
    if content.tags is not None:
        copy_tags(schema, content.tags)
    schema.drop_marks(connection)
    logger.info("Adding up")
    written_elsewhere.finish(connection, number, described)
