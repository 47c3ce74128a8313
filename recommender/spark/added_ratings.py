"""What a cluster adds to the dataset that is loaded: `python -m db append`, its rows from Spark.

The executors apply the rules of an import to what is given and leave the latest rating of each
pair. What is left is little beside what is there and goes to the code of `python -m db append` on
this machine, some 40 bytes a rating: it compares them with the database's and writes what changes
alone, in one transaction, however large the dataset is. So guarantees and result are the same.

Where that code finds that all tables must be made anew (of more than a quarter of new ratings, of
a new genre, …), the executors read what is stored, put what is added to it by the same rule, and
write and add up as `aggregate` does: on one machine that would be a load of everything. To do this
always would be less code, but every day's ratings would cost a load of all that there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
from pyspark.sql import DataFrame, SparkSession

from db.errors import LoadError
from db.ingest.additions import rateable
from db.ingest.append import Appended, append
from db.ingest.base_tables import Progress
from db.ingest.sources.source import Piece, RatingRows, Source, TagRows
from db.ingest.sources.stars import STARS
from db.ingest.swap import Filling
from db.ingest.union import UnionRatings
from recommender.spark.checked import checked, checked_tags
from recommender.spark.code_shipped import ship
from recommender.spark.dataset import Checked, filling_of, usable
from recommender.spark.jdbc import Database
from recommender.spark.kept_ratings import ARRAYS, kept
from recommender.spark.source_frames import SparkSource
from recommender.spark.survey import Survey
from recommender.spark.tag_tables import FILE, TAG, survey_tags


@dataclass(frozen=True)
class SparkRatings:
    """Ratings as `kept_ratings` makes them, what was left out counted already: a Table."""

    kept: DataFrame
    file: str
    size: int

    def read(self) -> Iterator[Piece[RatingRows]]:
        """Partition by partition."""
        for row in self.kept.select(*ARRAYS).toLocalIterator():
            found = {name: np.frombuffer(row[name], kind) for name, kind in ARRAYS.items()}
            users, movies, seconds, half_stars = found.values()
            yield Piece(RatingRows(users, movies, half_stars, seconds, _lines(len(users))), {}, 0)


@dataclass(frozen=True)
class SparkTags:
    """Tags as `checked_tags` makes them, what was left out counted already: a Table."""

    rows: DataFrame
    size: int
    file: str = FILE

    def read(self) -> Iterator[Piece[TagRows]]:
        """All at once: they are few beside the ratings."""
        table = self.rows.where("reason is null").select(*TAG).toArrow()
        users, movies, seconds, texts = (table[name].to_numpy() for name in TAG)
        yield Piece(TagRows(users, movies, seconds, texts, _lines(len(texts))), {}, 0)


def _lines(rows: int) -> np.ndarray:
    """On which line each row was is not known here; all that is rejected has been."""
    return np.zeros(rows, np.int64)


def append_from(
    source: SparkSource,
    movies: pd.DataFrame | None,
    tags: DataFrame | None,
    target: Database,
    name: str,
    max_rejected: float,
    progress: Progress,
) -> Appended:
    """Add the source's ratings to the current dataset of the target, which DATABASE_URL names.

    name: what is added is called. Raises: LoadError, NoDataset, SparkError, DatabaseUnavailable;
    what was loaded is then as it was.
    """
    ship(source.spark)

    def opened(before: Source) -> Source:
        return _opened(source, movies, tags, name, max_rejected, before)

    def filled(whole: Source, progress: Progress) -> Filling:
        return filling_of(_union(source.spark, whole, target), target)

    return append(opened, progress, max_rejected, filled)


def _opened(
    source: SparkSource,
    movies: pd.DataFrame | None,
    tags: DataFrame | None,
    name: str,
    max_rejected: float,
    before: Source,
) -> Source:
    """Raises: LoadError where too much can't be used, or the ratings loaded are no stars."""
    if before.scale != STARS:
        raise LoadError(
            f"{before.name} has ratings on a scale of {before.scale}, and Spark adds stars alone:"
            " add them with python -m db append."
        )
    films = rateable(before, movies)
    listed = None if films is None else films["movie_id"].tolist()
    rows, survey, rejections = usable(source, listed, max_rejected)
    added_tags = None
    if tags is not None:
        tags = checked_tags(tags, listed).persist()
        added_tags = SparkTags(tags, survey_tags(tags, rejections).rows)
    return Source(
        name,
        SparkRatings(rows, source.where, survey.ratings),
        movies,
        added_tags,
        rejections,
        origin=name,
    )


def _union(spark: SparkSession, whole: Source, target: Database) -> Checked:
    """What is stored in the target, and what is added to it, as db.ingest.union has them."""
    assert isinstance(whole.ratings, UnionRatings) and whole.movies is not None
    stored = SparkSource(spark, target.for_us)
    added = whole.ratings.added
    columns = {
        "user": added.user_ids,
        "movie": added.movie_ids,
        "rating": added.half_stars / 2,
        "timestamp": added.seconds,
        "row": np.ones(len(added.lines), np.int32),  # of one time they come after what is stored
    }
    ratings = stored.ratings().union(spark.createDataFrame(pa.table(columns)))
    rows = kept(checked(ratings, None, stored.partitions)).persist()
    tags = None
    if whole.tags is not None:
        names = ["user", "movie", "timestamp", "tag"]
        pieces = [pa.table(piece.rows[:4], names) for piece in whole.tags.read()]
        table = pa.concat_tables(pieces, promote_options="permissive")
        tags = checked_tags(spark.createDataFrame(table), None)
    return Checked.of(
        rows,
        tags,
        whole.movies,
        Survey.of(rows),
        stored.partitions,
        whole.rejections,
        name=whole.name,
        listed=not whole.any_film,
        licence=whole.licence,
        history=whole.history,
    )
