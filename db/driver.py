"""psycopg2 beneath SQLAlchemy, for what SQLAlchemy has no words for: COPY, VACUUM, SQLSTATE."""

import psycopg2
from psycopg2.extensions import connection as DriverConnection  # noqa: N812
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def driver(connection: Connection) -> DriverConnection:
    """The psycopg2 connection of a connection."""
    beneath = connection.connection.driver_connection
    assert isinstance(beneath, DriverConnection)
    return beneath


def sqlstate(error: DBAPIError | psycopg2.Error) -> str:
    """The server's code of an error; "" where the server gave none, as when it went away."""
    beneath = error.orig if isinstance(error, DBAPIError) else error
    return (beneath.pgcode if isinstance(beneath, psycopg2.Error) else None) or ""
