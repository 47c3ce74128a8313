"""Load ratings by Spark: checked and added up on a cluster, browsed in Reelscope as usual.

    spark-submit --jars postgresql.jar recommender/spark/aggregate.py --source PATH --movies PATH

Everything goes to the PostgreSQL that DATABASE_URL names, and replaces what is loaded there, as
`python -m db load` would have it; with --append it is added to that, as by `python -m db append`.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # spark-submit runs this as a file

from db.counts import ratings_in_words
from db.errors import LoadError
from db.ingest.load_command import outcome
from db.ingest.source_options import share
from db.ingest.steps import Steps
from db.ingest.swap import MAX_REJECTED
from db.store.engine import available, configured_url
from recommender.spark import script
from recommender.spark.jdbc import is_database
from recommender.spark.spark_session import FAST_START, session

# Partitions are made by size here: what Spark would find out while it runs costs a job each
SETTINGS = {
    "spark.sql.adaptive.enabled": "false",
    "spark.executor.defaultJavaOptions": FAST_START,  # extraJavaOptions come after these
}
PROGRAM = "aggregate.py"


def main(arguments: list[str] | None = None) -> int:
    """Run the script: 0, or 1 where it can't be done."""
    parser = script.parser(PROGRAM, __doc__)
    parser.add_argument(
        "--movies", metavar="PATH", help="Parquet of films: number, title, perhaps year and genres"
    )
    parser.add_argument("--links", metavar="PATH", help="Parquet of films: number, imdbId, tmdbId")
    parser.add_argument(
        "--tags", metavar="PATH", help="Parquet of tags: user, film, tag, timestamp"
    )
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--name", help="what Reelscope calls the dataset (default: the path's end)")
    either.add_argument(
        "--append",
        action="store_true",
        help="add ratings that are new, those given again later, and new films to what is loaded",
    )
    parser.add_argument(
        "--max-rejected",
        type=share,
        default=MAX_REJECTED,
        metavar="SHARE",
        help="load nothing if more of the rows can't be used (default: 1%%)",
    )
    return script.run(PROGRAM, _run, parser.parse_args(arguments))


def _run(options: argparse.Namespace) -> None:
    if not configured_url():
        raise LoadError(
            "Say where to write: DATABASE_URL=postgresql://user@host/name. Spark reaches "
            "PostgreSQL over TCP only, and the embedded server is not on the network."
        )
    target = script.use_database(configured_url())
    with available(), session(SETTINGS) as spark:
        # Only now: without Spark there is nothing to import
        from recommender.spark.added_ratings import append_from
        from recommender.spark.dataset import aggregate
        from recommender.spark.source_frames import SparkSource

        source = SparkSource(spark, options.source, dict(options.column))
        end = "PostgreSQL" if is_database(options.source) else Path(options.source).name
        given = (
            source,
            source.movies(options.movies, options.links),
            source.tags(options.tags),
            target,
            options.name or end,
            options.max_rejected,
        )
        if options.append:
            steps = Steps()
            try:
                lines = outcome(append_from(*given, steps.report))
            finally:
                steps.end()
        else:
            loaded = aggregate(*given)
            told = ratings_in_words(loaded.ratings, loaded.movies, loaded.users)
            lines = [f"{loaded.name}: {told}"]
    for line in lines:
        print(line)


if __name__ == "__main__":
    sys.exit(main())
