"""Packed rows that many appends leave behind, joined: no film or user has many of them.

An append writes what is new as a row of its own, as large as that. Read, they are joined; where
there are more than MOST, they are written as one, so that each rating is written again once in as
many appends.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, text

MOST = 32  # rows; a load of 32 million leaves 8 a film
OF_FILMS = ("film_raters", "movie_id", "string_agg(raters, ''::bytea)")
OF_USERS = ("user_vectors", "user_id", "sum(ratings)::integer, string_agg(films, ''::bytea)")
JOINED = """
    with many as (
        select {key} from {table} where {key} = any(:touched)
        group by {key} having count(*) > :most
    ), gone as (
        delete from {table} using many where {table}.{key} = many.{key} returning {table}.*
    )
    insert into {table} select {key}, {packed} from gone group by {key}
"""


def join_rows(connection: Connection, films: Iterable[int], users: Iterable[int]) -> None:
    """Of the films and users that were touched. In the caller's transaction."""
    for (table, key, packed), touched in ((OF_FILMS, films), (OF_USERS, users)):
        joined = JOINED.format(table=table, key=key, packed=packed)
        connection.execute(text(joined), {"touched": list(touched), "most": MOST})
