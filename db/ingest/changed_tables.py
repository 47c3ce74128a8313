"""The tables of a dataset after something was added: only what it touches is written, at once.

Readers keep the state in which their transaction began, so they see all of it or nothing.
"""

import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, text

from db.ingest.additions import Additions
from db.ingest.base_tables import HASHED, Progress, copy_movies, with_masks
from db.ingest.dataset_tables import SESSION, users_one_in
from db.ingest.fingerprint import Fingerprint
from db.ingest.rollup_changes import MADE, change_rollups
from db.ingest.sources.source import Source, genre_names
from db.ingest.staged import Staged
from db.ingest.tag_films import TagFilms
from db.ingest.tail_fits import describe_tails
from db.ingest.union import both
from db.ingest.wide_sums import outgrown
from db.similarity import PACKED, change_packed
from db.store.binary_copy import copy_out
from db.store.datasets import Dataset
from db.store.text_copy import copy_rows

BASE = ("genres", "movies", "ratings", "original_users", "tags", "tag_films")
MOST = 1 / 4  # of the ratings that are there; to make all tables anew is quicker where more come

COLUMNS = {
    "user_id": np.int32,
    "movie_id": np.int32,
    "rated_at": np.int32,
    "month": np.int16,
    "half_stars": np.int16,
}
IN_ORDER = "select * from {table} order by user_id, movie_id"
FILMS = "select movie_id, release_year, genre_mask from movies order by movie_id"
WRITTEN = """
    insert into ratings (user_id, movie_id, rated_at, month, half_stars)
    select user_id, movie_id, rated_at, month, half_stars from incoming
    order by user_id, movie_id
    on conflict (user_id, movie_id) do update set
        rated_at = excluded.rated_at, month = excluded.month, half_stars = excluded.half_stars
"""
TAGGED = """
    update {schema}.tag_films t set (films, movie_ids) = (
        select count(*), array_agg(film order by film)
        from (select unnest(t.movie_ids) as film union select unnest(d.movie_ids)) f
    ) from pg_temp.tag_films d where d.tag = t.tag;
    insert into {schema}.tag_films select * from pg_temp.tag_films d
        where not exists (select from {schema}.tag_films t where t.tag = d.tag);
    drop table pg_temp.tag_films
"""
PERIOD = "select min(rated_at), max(rated_at) from {table}"
DESCRIBED = text("""
    update reelscope.datasets d set
        fingerprint = :fingerprint, content_sums = :content_sums, ratings = :ratings,
        first_rating = to_timestamp(:first), last_rating = to_timestamp(:last),
        users = (select count(*) from user_totals), movies = m.movies,
        first_release_year = m.first, last_release_year = m.last, tags = d.tags + :tags,
        rejected = cast(:rejected as jsonb), history = cast(:history as jsonb), loaded_at = now()
    from (
        select count(*) as movies, min(release_year) as first, max(release_year) as last
        from movie_totals
    ) m
    where id = :id
""")
CONTENT = text("select content_sums from reelscope.datasets where id = :id")
TABLES = text("select tablename from pg_tables where schemaname = :schema")


def obstacle(connection: Connection, current: Dataset, staged: Staged, added: Additions) -> str:
    """Why all tables must be made anew; "" where what changes can be written alone."""
    names = {name for listed in added.movies["genres"] for name in genre_names(listed)}
    unknown = set(connection.scalars(TABLES, {"schema": current.schema})) - {*BASE, *MADE, *PACKED}
    after = current.ratings + staged.new
    reasons = {
        "there are new genres": names - set(current.genres),
        "films got titles": len(added.titled),
        "it was loaded by an earlier version": _content(connection, current) is None,
        "so much is new": staged.new + staged.changed > MOST * current.ratings,
        "sums need 64 bits": outgrown(connection, staged.new + staged.changed),
        "other users are sampled from now on": users_one_in(after) != current.users_one_in,
        f"of {', '.join(sorted(unknown))}": unknown,
    }
    return next((reason for reason, holds in reasons.items() if holds), "")


def _content(connection: Connection, current: Dataset) -> bytes | None:
    found = connection.scalar(CONTENT, {"id": current.id})
    return None if found is None else bytes(found)


def change(
    connection: Connection,
    current: Dataset,
    before: Source,
    staged: Staged,
    added: Additions,
    history: tuple[Mapping[str, Any], ...],
    progress: Progress,
) -> None:
    """Write what was staged, in the transaction in which it was."""
    connection.exec_driver_sql(SESSION.format(schema=current.schema))
    fingerprint = Fingerprint(_content(connection, current))
    new = copy_out(connection, IN_ORDER.format(table="incoming"), {}, COLUMNS)
    old = copy_out(connection, IN_ORDER.format(table="replaced"), {}, COLUMNS)
    progress("Writing what is new", 0)
    fingerprint.add_ratings(*(new[name] for name in HASHED))
    fingerprint.remove_ratings(*(old[name] for name in HASHED))
    fingerprint.add_movies(added.movies)
    copy_movies(connection, with_masks(added.movies, list(current.genres)), new=False)
    _add_users(connection, before)
    connection.exec_driver_sql(WRITTEN)
    _add_tags(connection, current.schema, fingerprint)
    progress("Adding up", 0)
    change_rollups(connection, current.schema, current.users_one_in)
    progress("Packing", 0)
    change_packed(connection, pd.read_sql(text(FILMS), connection), new, old)
    first, last = _period(connection, current, new, old)
    described = {
        "id": current.id,
        "fingerprint": fingerprint.hexdigest(),
        "content_sums": fingerprint.content,
        "ratings": current.ratings + staged.new,
        "first": first,
        "last": last,
        "tags": staged.tags,
        "rejected": json.dumps(both(before.rejections, added.rejections).as_json()),
        "history": json.dumps(history),
    }
    connection.execute(DESCRIBED, described)
    describe_tails(connection, current.id)


def _add_users(connection: Connection, before: Source) -> None:
    """Keep what new users are called in the files."""
    if before.ids.users is None:
        return
    last = connection.scalar(text("select max(user_id) from original_users")) or 0
    names = before.ids.users.originals()
    rows = ((number, names[number]) for number in range(last + 1, before.ids.users.last + 1))
    copy_rows(connection, "original_users (user_id, original_id)", rows, new=False)


def _add_tags(connection: Connection, schema: str, fingerprint: Fingerprint) -> None:
    rows = connection.execute(text("select user_id, movie_id, tagged_at, tag from incoming_tags"))
    tags = pd.DataFrame(rows.all(), columns=["user_id", "movie_id", "tagged_at", "tag"])
    if tags.empty:
        return
    fingerprint.add_tags(
        *(tags[name].to_numpy(np.int32) for name in tags.columns[:3]), tags["tag"].to_numpy(object)
    )
    connection.exec_driver_sql(
        "insert into tags (user_id, movie_id, tagged_at, tag)"
        " select user_id, movie_id, tagged_at, tag from incoming_tags"
    )
    by_tag = TagFilms()
    by_tag.add(tags["movie_id"].to_numpy(), tags["tag"].to_numpy())
    connection.exec_driver_sql(f"create temp table tag_films (like {schema}.tag_films)")
    by_tag.copy(connection)
    connection.exec_driver_sql(TAGGED.format(schema=schema))


def _period(
    connection: Connection, current: Dataset, new: dict[str, np.ndarray], old: dict[str, np.ndarray]
) -> tuple[int, int]:
    """When the first and the last rating were given, seconds since 1970."""
    first, last = int(current.first_rating.timestamp()), int(current.last_rating.timestamp())
    if {first, last} & set(old["rated_at"].tolist()):  # a rating that may be no more
        return tuple(connection.execute(text(PERIOD.format(table="ratings"))).one())
    times = [first, last, *new["rated_at"].tolist()]
    return min(times), max(times)
