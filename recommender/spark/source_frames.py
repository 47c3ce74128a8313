"""Ratings and films for Spark: from Parquet, or from PostgreSQL by JDBC."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import DateType, IntegralType, NumericType, TimestampNTZType, TimestampType

from db.errors import LoadError, NoDataset
from db.ingest.sources.columns import positions
from db.ingest.sources.movie_lines import movies_frame, untitled
from db.ingest.sources.parquet import RATING_COLUMNS
from db.ingest.sources.release_year import release_year
from db.ingest.sources.source import genre_names
from db.store.datasets import layout
from db.store.pointer import CURRENT
from recommender.spark.jdbc import Database, is_database

SCHEMA = (
    f"select schema from (select 'reelscope_' || {CURRENT} as schema) s where schema is not null"
)
RATINGS = """
    select user_id as "user", movie_id as movie, half_stars / 2.0::float8 as rating,
        rated_at as timestamp
    from {schema}.ratings
"""
MOVIES = """
    select movie_id as movie, title, release_year::text as year, genres, imdb_id as imdb,
        tmdb_id as tmdb
    from {schema}.movies
"""
RATINGS_PER_PARTITION = 2_000_000


@dataclass(frozen=True)
class SparkSource:
    """Where ratings are: a path to Parquet, or a URL of PostgreSQL (its current dataset)."""

    spark: SparkSession
    where: str
    columns: Mapping[str, str] = field(default_factory=dict)
    """What a file calls its columns, by keys of db.ingest.sources.columns.NAMES."""

    @property
    def database(self) -> Database | None:
        """None for Parquet. Raises: AddressError."""
        return Database.at(self.where) if is_database(self.where) else None

    def ratings(self) -> DataFrame:
        """user, movie (whole numbers), rating (stars), timestamp (seconds since 1970) by row.

        Raises: LoadError where columns are missing or of the wrong type, NoDataset.
        """
        if self.database is None:
            return self._typed(self._renamed(self.where, RATING_COLUMNS))
        schema = self._schema(self.database)
        count = self.database.read(self.spark, f"select count(*) from {schema}.ratings").head()[0]
        parallel = self.spark.sparkContext.defaultParallelism
        partitions = max(parallel, count // RATINGS_PER_PARTITION)
        select = RATINGS.format(schema=schema)
        return self._typed(self.database.read_by('"user"', self.spark, select, partitions))

    def movies(self, where: str | None) -> pd.DataFrame | None:
        """Films as db.ingest.sources.source.Source has them; None where nothing lists them."""
        if where is None and self.database is None:
            return None
        if where is None:
            assert self.database is not None
            select = MOVIES.format(schema=self._schema(self.database))
            found = self.database.read(self.spark, select)
        else:
            found = self._renamed(where, ("movie", "title"), ("year", "genres"))
        return _films(found.toArrow().to_pylist())

    def _schema(self, database: Database) -> str:
        row = database.read(self.spark, SCHEMA.replace(":layout", f"'{layout()}'")).head()
        if row is None:
            raise NoDataset
        return row["schema"]

    def _renamed(self, path: str, needed: tuple, optional: tuple = ()) -> DataFrame:
        table = self.spark.read.parquet(path)
        found = positions(path, table.columns, needed, self.columns, optional)
        return table.select(
            *(f.col(f"`{table.columns[n]}`").alias(key) for key, n in found.items())
        )

    def _typed(self, rows: DataFrame) -> DataFrame:
        kinds = {column.name: column.dataType for column in rows.schema}
        if isinstance(kinds["timestamp"], (TimestampType, TimestampNTZType, DateType)):
            seconds = f.col("timestamp").cast("timestamp").cast("long")
            rows = rows.withColumn("timestamp", seconds)
            kinds["timestamp"] = rows.schema["timestamp"].dataType
        for key in ("user", "movie", "timestamp"):
            if not isinstance(kinds[key], IntegralType):
                kind = kinds[key].simpleString()
                raise LoadError(f"{self.where}: column {key} holds {kind}, not whole numbers.")
        if not isinstance(kinds["rating"], NumericType):
            kind = kinds["rating"].simpleString()
            raise LoadError(f"{self.where}: column rating holds {kind}, not numbers.")
        return rows.select(
            *(f.col(key).cast("long") for key in ("user", "movie")),
            f.col("rating").cast("double"),
            f.col("timestamp").cast("long"),
        )


def _films(found: Sequence[Mapping]) -> pd.DataFrame:
    """As the readers of files make them: years out of titles, each genre once, links if any."""
    films = {}
    for row in found:
        number, title, year = int(row["movie"]), row["title"] or "", row.get("year")
        released = release_year(title, "" if year is None else f"{year}".removesuffix(".0"))
        films[number] = (
            title or untitled(number),
            released,
            "|".join(genre_names(row.get("genres"))),
        )
    if not films:
        raise LoadError("There are no films in the list of films.")
    return _linked(movies_frame(films), found)


def _linked(movies: pd.DataFrame, found: Sequence[Mapping]) -> pd.DataFrame:
    kinds = {"imdb": object, "tmdb": "Int64"}
    columns = {name: [row.get(name) for row in found] for name in kinds}
    return movies.assign(
        **{
            f"{name}_id": pd.array(values, dtype=kinds[name])
            for name, values in columns.items()
            if any(value is not None for value in values)
        }
    )
