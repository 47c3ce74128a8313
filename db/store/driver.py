"""psycopg2 beneath SQLAlchemy, for what SQLAlchemy has no words for: COPY, VACUUM, SQLSTATE."""

from collections.abc import Mapping
from typing import Any

import psycopg2
from psycopg2.extensions import connection as DriverConnection  # noqa: N812
from sqlalchemy import Connection, text
from sqlalchemy.dialects.postgresql import psycopg2 as dialect
from sqlalchemy.exc import DBAPIError


def driver(connection: Connection) -> DriverConnection:
    """The psycopg2 connection of a connection."""
    beneath = connection.connection.driver_connection
    assert isinstance(beneath, DriverConnection)
    return beneath


def bound(connection: Connection, select: str, values: Mapping[str, Any]) -> str:
    """A SELECT with its :names replaced by values, safely; for COPY, which takes no values."""
    query = str(text(select).compile(dialect=dialect.dialect()))
    with driver(connection).cursor() as cursor:
        return cursor.mogrify(query, values).decode()


def sqlstate(error: DBAPIError | psycopg2.Error) -> str:
    """The server's code of an error; "" where the server gave none, as when it went away."""
    beneath = error.orig if isinstance(error, DBAPIError) else error
    return (beneath.pgcode if isinstance(beneath, psycopg2.Error) else None) or ""
