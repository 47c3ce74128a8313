"""What is added, beside the tables that it goes into: which ratings are new and which replaced.

Temporary tables that are gone when the transaction ends:

    incoming        ratings that will be in the dataset and were not
    replaced        ratings that they take the place of
    incoming_tags   tags that were not there
"""

from dataclasses import dataclass

import pyarrow as pa
from sqlalchemy import Connection, text

from db.ingest.additions import Additions
from db.store.binary_copy import copy_in
from db.store.text_copy import copy_columns

TABLES = """
    create temp table incoming (like ratings) on commit drop;
    create temp table incoming_tags (like tags) on commit drop
"""
# Table ratings is asked once: each rating that is given is looked up in it, wherever that lies.
COMPARED = """
    alter table incoming add primary key (user_id, movie_id);
    analyze incoming;
    create temp table known on commit drop as
        select r.*, i.rated_at as given_at, i.half_stars as given
        from incoming i join ratings r using (user_id, movie_id);
    analyze known;
    create temp table replaced on commit drop as
        select user_id, movie_id, rated_at, month, half_stars from known
        where given_at >= rated_at and (given_at, given) <> (rated_at, half_stars);
    delete from incoming i using known k
        where k.user_id = i.user_id and k.movie_id = i.movie_id
            and (k.given_at < k.rated_at or (k.given_at, k.given) = (k.rated_at, k.half_stars));
    drop table known;
    delete from incoming_tags i using tags t
        where t.user_id = i.user_id and t.movie_id = i.movie_id
            and t.tagged_at = i.tagged_at and t.tag = i.tag;
    analyze incoming;
    analyze replaced
"""
COUNTS = """
    select (select count(*) from incoming), (select count(*) from replaced),
        (select count(*) from incoming_tags)
"""


@dataclass(frozen=True)
class Staged:
    """How much is to be written."""

    new: int
    changed: int
    unchanged: int
    """Ratings that will not be written."""
    tags: int

    @property
    def anything(self) -> bool:
        """Whether there is any."""
        return bool(self.new or self.changed or self.tags)


def stage(connection: Connection, added: Additions) -> Staged:
    """Make the tables, in the caller's transaction on the dataset."""
    connection.exec_driver_sql(TABLES)
    copy_in(connection, "incoming", added.columns)
    for rows in added.tags:
        ids = (column.astype("int32") for column in (rows.user_ids, rows.movie_ids, rows.seconds))
        names = ["user_id", "movie_id", "tagged_at", "tag"]
        table = pa.table([*ids, rows.texts], names=names)
        copy_columns(connection, f"incoming_tags ({', '.join(names)})", table)
    connection.exec_driver_sql(COMPARED)
    written, changed, tags = connection.execute(text(COUNTS)).one()
    given = len(added.ratings.lines)
    return Staged(written - changed, changed, given - written, tags)
