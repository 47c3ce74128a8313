"""What all scripts have in common: their options, and every failure in one line."""

import argparse
import os
import sys
from collections.abc import Callable

from db import logs
from db.errors import DatabaseError, EmbeddedError, LoadError
from db.home import HomeError
from db.ingest.source_options import key_and_name
from db.ingest.sources.columns import NAMES
from db.settings import SettingError
from recommender.data.arrays import ArtifactError
from recommender.models.base import TrainingError
from recommender.spark.jdbc import AddressError, Database
from recommender.spark.spark_session import SparkError

ERRORS = (
    *(DatabaseError, LoadError, EmbeddedError, HomeError, SettingError),
    *(SparkError, AddressError, ArtifactError, TrainingError),
)


def parser(program: str, description: str | None) -> argparse.ArgumentParser:
    """With the options that say where ratings are."""
    made = argparse.ArgumentParser(
        prog=program,
        description=description,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument(
        "--source",
        required=True,
        help="ratings: a path to Parquet that Spark can read, or the URL of a database that "
        "Reelscope has loaded, postgresql://… or jdbc:postgresql://…",
    )
    made.add_argument(
        "--column",
        type=key_and_name,
        action="append",
        default=[],
        metavar="KEY=NAME",
        help=f"what the Parquet calls a column; KEY is {', '.join(NAMES)}",
    )
    return made


def run(
    program: str, work: Callable[[argparse.Namespace], None], options: argparse.Namespace
) -> int:
    """The exit code; what went wrong is one line on stderr."""
    try:
        logs.configure()
        work(options)
    except ERRORS as error:
        print(f"{program}: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{program}: {error.filename}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def use_database(address: str) -> Database:
    """Make it the database that all of `db` works with. Raises: AddressError."""
    database = Database.at(address)
    os.environ["DATABASE_URL"] = database.for_us
    return database
