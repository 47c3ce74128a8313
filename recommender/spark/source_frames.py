"""Ratings and films for Spark: from Parquet, or from PostgreSQL by JDBC."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd
from pyspark.sql import Column, DataFrame, SparkSession
from pyspark.sql import functions as f
from pyspark.sql.types import DateType, IntegralType, NumericType, TimestampNTZType, TimestampType

from db.errors import LoadError, NoDataset
from db.ingest.sources.columns import FILM_NAMES, NAMES, positions
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
TAGS = """
    select user_id as "user", movie_id as movie, tag, tagged_at as timestamp from {schema}.tags
"""
TAG_COLUMNS = ("user", "movie", "tag", "timestamp")
LINKS = ("imdb", "tmdb")
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
        """user, movie (whole numbers), rating (stars), timestamp (seconds since 1970), and row.

        A higher `row` stands later in its file. Raises: LoadError where columns are missing or of
        the wrong type, NoDataset.
        """
        if self.database is None:
            row = f.col("_metadata.row_index").alias("row")
            table = self._renamed(self._parquet, self.where, RATING_COLUMNS, more=[row])
            return self._typed(table).select(*RATING_COLUMNS, "row")
        select = RATINGS.format(schema=self._schema(self.database))
        rows = self.database.read_by('"user"', self.spark, select, self.partitions)
        return self._typed(rows).select(*RATING_COLUMNS, f.lit(0).alias("row"))

    @cached_property
    def partitions(self) -> int:
        """In how many parts ratings are worked on: as many for each core."""
        parallel = self.spark.sparkContext.defaultParallelism
        each = self._count() / (RATINGS_PER_PARTITION * parallel)
        return parallel * max(1, math.ceil(each))

    @cached_property
    def _parquet(self) -> DataFrame:
        return self.spark.read.parquet(self.where)

    def _count(self) -> int:
        if self.database is None:  # Parquet says so itself
            return self._parquet.count()
        select = f"select count(*) from {self._schema(self.database)}.ratings"
        return self.database.read(self.spark, select).head()[0]

    def movies(self, where: str | None, links: str | None = None) -> pd.DataFrame | None:
        """Films as db.ingest.sources.source.Source has them; None where nothing lists them.

        links: Parquet of films' numbers at IMDb and TMDB, else the list of films may have them.
        """
        if where is None and self.database is None:
            return None
        if where is None:
            assert self.database is not None
            select = MOVIES.format(schema=self._schema(self.database))
            return _films(self.database.read(self.spark, select).toArrow().to_pylist())
        table, more = self.spark.read.parquet(where), ("year", "genres", *LINKS)
        films = self._renamed(table, where, ("movie", "title"), more, FILM_NAMES)
        if links is not None:
            linked = self._renamed(self.spark.read.parquet(links), links, ("movie",), LINKS)
            films = films.drop(*LINKS).join(linked.dropDuplicates(["movie"]), "movie", "left")
        return _films(films.toArrow().to_pylist())

    def tags(self, where: str | None) -> DataFrame | None:
        """user, movie, tag, timestamp by row; None where there are none."""
        if where is None and self.database is None:
            return None
        if where is not None:
            found = self._renamed(self.spark.read.parquet(where), where, TAG_COLUMNS)
            return self._numbered(found, where).select(*TAG_COLUMNS)
        assert self.database is not None
        select = TAGS.format(schema=self._schema(self.database))
        return self.database.read(self.spark, select).select(*TAG_COLUMNS)

    def _schema(self, database: Database) -> str:
        row = database.read(self.spark, SCHEMA.replace(":layout", f"'{layout()}'")).head()
        if row is None:
            raise NoDataset
        return row["schema"]

    def _renamed(
        self,
        table: DataFrame,
        path: str,
        needed: Sequence[str],
        optional: Sequence[str] = (),
        names: Mapping[str, Sequence[str]] = NAMES,
        more: Sequence[Column] = (),
    ) -> DataFrame:
        found = positions(path, table.columns, needed, self.columns, optional, names)
        return table.select(
            *(f.col(f"`{table.columns[n]}`").alias(key) for key, n in found.items()), *more
        )

    def _typed(self, rows: DataFrame) -> DataFrame:
        """Ratings, by columns that can hold them."""
        rows = self._numbered(rows, self.where)
        kind = rows.schema["rating"].dataType
        if not isinstance(kind, NumericType):
            raise LoadError(
                f"{self.where}: column rating holds {kind.simpleString()}, not numbers."
            )
        return rows.withColumn("rating", f.col("rating").cast("double"))

    def _numbered(self, rows: DataFrame, file: str) -> DataFrame:
        """With whole numbers of users, films and seconds."""
        kinds = {column.name: column.dataType for column in rows.schema}
        if isinstance(kinds["timestamp"], (TimestampType, TimestampNTZType, DateType)):
            seconds = f.col("timestamp").cast("timestamp").cast("long")
            rows = rows.withColumn("timestamp", seconds)
            kinds["timestamp"] = rows.schema["timestamp"].dataType
        for key in ("user", "movie", "timestamp"):
            if not isinstance(kinds[key], IntegralType):
                kind = kinds[key].simpleString()
                raise LoadError(f"{file}: column {key} holds {kind}, not whole numbers.")
            rows = rows.withColumn(key, f.col(key).cast("long"))
        return rows


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
    by_film = {int(row["movie"]): row for row in found}
    columns = {
        "imdb": [_imdb(by_film[film].get("imdb")) for film in movies["movie_id"]],
        "tmdb": [by_film[film].get("tmdb") for film in movies["movie_id"]],
    }
    return movies.assign(
        **{
            f"{name}_id": pd.array(values, dtype=kinds[name])
            for name, values in columns.items()
            if any(value is not None for value in values)
        }
    )


def _imdb(number: str | int | None) -> str | None:
    """Digits as IMDb writes them, of which a number has lost the leading zeros."""
    return f"{number:07d}" if isinstance(number, int) else number
