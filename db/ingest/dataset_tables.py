"""Fill a dataset's schema from a source: base tables, keys and rollups."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, text

from db.ingest.base_tables import BaseTables, Progress
from db.ingest.sources.rejected_lines import keep_lines
from db.ingest.sources.source import Source
from db.ingest.sources.stars import Scale
from db.ingest.tail_fits import describe_tails
from db.ingest.wide_sums import widen
from db.store.datasets import ROLLUPS, SCHEMA, SUMMED, layout, schema_of, script

MEASURES = (*SUMMED, *(f"h{value}" for value in range(1, 11)))

EXACT_USERS_UP_TO = 2_000_000  # ratings; past that, charts of users under filters read a sample
SAMPLE_ONE_IN = 20
MOST_SAMPLED = 2_000_000  # ratings, so that charts of them stay quick: of more, fewer users

SESSION = """
    set local work_mem = '256MB';
    set local maintenance_work_mem = '256MB';
    set local search_path = {schema};
"""

# Nothing points at the dataset yet.
DESCRIBE = text("""
    insert into reelscope.datasets (
        id, name, fingerprint, genres, users_one_in, ratings, first_rating, last_rating,
        users, movies, first_release_year, last_release_year, tags, rejected, layout,
        has_times, scale_low, scale_high, scale_step,
        listed, content_sums, licence, history
    )
    select
        :id, :name, :fingerprint, :genres, :users_one_in,
        :ratings, to_timestamp(:first), to_timestamp(:last),
        (select count(*) from user_totals), count(*), min(release_year), max(release_year),
        :tags, :rejected, :layout, :has_times,
        :scale_low, :scale_high, :scale_step,
        :listed, :content_sums, :licence, cast(:history as jsonb)
    from movie_totals
""")


def fill(
    connection: Connection, number: int, source: Source, max_rejected: float, progress: Progress
) -> None:
    """Make dataset `number` from a source, within the caller's transaction.

    Raises: LoadError where the source holds something that can't be stored, or where a larger
    share of a file's rows than `max_rejected` can't be used.
    """
    schema = schema_of(number)
    connection.exec_driver_sql(f"create schema {schema}")
    connection.exec_driver_sql(SESSION.format(schema=schema))
    connection.exec_driver_sql(script(SCHEMA))
    tables = BaseTables(connection, source, max_rejected, progress)
    genres = tables.copy()
    keep_lines(source.rejections, source.texts)
    one_in = users_one_in(tables.ratings)
    _add_up(connection, statements(one_in, widen(connection, tables.ratings)), progress)
    description = {
        "id": number,
        "name": source.name,
        "fingerprint": tables.fingerprint.hexdigest(),
        "genres": genres,
        "users_one_in": one_in,
        "ratings": tables.ratings,
        "first": tables.first,
        "last": tables.last,
        "tags": tables.tags,
        "rejected": json.dumps(source.rejections.as_json()),
        "layout": layout(),
        "has_times": source.has_times,
        "listed": source.movies is not None and not source.any_film,
        "content_sums": tables.fingerprint.content,
        "licence": source.licence,
        "history": json.dumps(_history(source, tables.ratings)),
    } | scale_columns(source.scale)
    connection.execute(DESCRIBE, description)
    describe_tails(connection, number)


def _history(source: Source, ratings: int) -> list:
    """With this import, unless ratings that were loaded before are only laid out anew."""
    return [*source.history, *([import_of(source.origin, ratings)] if source.origin else [])]


def scale_columns(scale: Scale) -> dict[str, float]:
    """A scale as the catalogue has it."""
    return {
        "scale_low": float(scale.low),
        "scale_high": float(scale.high),
        "scale_step": float(scale.step),
    }


def import_of(origin: str, ratings: int, **more: int) -> dict[str, Any]:
    """What the catalogue's history says of an import that ends now."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    return {"source": origin, "at": at, "ratings": ratings, **more}


def statements(users_one_in: int, wide: Collection[str] = ()) -> list[str]:
    """Keys and rollups: what ROLLUPS do, statement by statement; wide: see wide_sums.py."""
    kinds = {name: "bigint" if name in wide else "integer" for name in SUMMED}
    sums = ",\n    ".join(
        f"sum({name})::{kinds.get(name, kinds['ratings'])} as {name}" for name in MEASURES
    )
    filled = script(ROLLUPS, wide).replace("{measures}", sums)
    return [
        statement
        for statement in filled.replace("{users_one_in}", str(users_one_in)).split(";\n")
        if statement.strip()
    ]


def users_one_in(ratings: int) -> int:
    """1 in so many users is kept in user_ratings.

    It doubles, as where it changes all ratings are read again.
    """
    if ratings <= EXACT_USERS_UP_TO:
        return 1
    one_in = SAMPLE_ONE_IN
    while ratings > one_in * MOST_SAMPLED:
        one_in *= 2
    return one_in


def _add_up(connection: Connection, every: list[str], progress: Progress) -> None:
    for done, statement in enumerate(every):
        progress("Adding up", done / len(every))
        connection.exec_driver_sql(statement)
    progress("Adding up", 1.0)
