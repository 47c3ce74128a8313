"""What the database's user may do, and the GRANT of what it may not."""

import psycopg2
from psycopg2.extensions import connection as DriverConnection  # noqa: N812
from psycopg2.extensions import quote_ident
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from db.errors import MissingRight
from db.store.driver import driver, sqlstate

DENIED = "42501"

# A standby and a database that is set to read only take no writes from anybody
MAY_WRITE = text("""
    select not pg_is_in_recovery()
        and current_setting('default_transaction_read_only') = 'off'
        and has_database_privilege(current_database(), 'create')
""")


def is_denied(error: DBAPIError | psycopg2.Error) -> bool:
    """Whether the server refuses what the user may not do."""
    return sqlstate(error) == DENIED


def may_not_read(connection: DriverConnection, what: str) -> MissingRight:
    """What to tell a user who lacks a right to read; `what`: in the server's words."""
    user = connection.info.user
    return MissingRight(
        f"The database user {user} may not read: {what}. Who runs the database allows it with:"
        f" GRANT pg_read_all_data TO {quote_ident(user, connection)}"
    )


def may_not_write(connection: Connection, error: DBAPIError | psycopg2.Error) -> str:
    """Why the user can write nothing, and what would change that."""
    beneath = driver(connection)
    user, what = quote_ident(beneath.info.user, beneath), reason(error)
    grant = f"GRANT CREATE ON DATABASE {quote_ident(beneath.info.dbname, beneath)} TO {user}"
    if "for database" not in what:
        grant = f"GRANT the role that loaded what is there TO {user}"
    return (
        f"the database user {beneath.info.user} may not write: {what}. Who runs the database"
        f" allows it with: {grant}"
    )


def reason(error: DBAPIError | psycopg2.Error) -> str:
    """The server's words, one line of them."""
    said = error.orig if isinstance(error, DBAPIError) else error
    return str(said).strip().splitlines()[0]


def may_write(connection: Connection) -> bool:
    """Whether datasets and figures can be written there; where not, all is served all the same."""
    return bool(connection.scalar(MAY_WRITE))
