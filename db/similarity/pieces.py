"""Arrays over all users, of which several writers bring a piece each, such as a cluster's.

A piece is known by the place of its first user; joined by that, pieces are the array.
"""

from sqlalchemy import Connection

ARRAYS = {
    "user_order": ((), ("user_ids", "ratings")),
    "user_genres": (("genre",), ("ratings",)),
    "user_releases": (("release_year",), ("ratings",)),
}
"""By table, what tells its rows apart, and the arrays."""


def piece_table(table: str) -> str:
    """Where the pieces of a table are written to."""
    return f"{table}_pieces"


def make_pieces(connection: Connection) -> None:
    """Make the tables of pieces, beside those that they are for."""
    for table in ARRAYS:
        columns = f"like {table} including storage, piece integer not null"
        connection.exec_driver_sql(f"create table {piece_table(table)} ({columns})")


def join_pieces(connection: Connection) -> None:
    """Fill the tables from their pieces, which go."""
    for table, (keys, arrays) in ARRAYS.items():
        joined = (f"string_agg({array}, ''::bytea order by piece)" for array in arrays)
        grouped = f" group by {', '.join(keys)}" if keys else ""
        connection.exec_driver_sql(
            f"insert into {table} ({', '.join((*keys, *arrays))})"
            f" select {', '.join((*keys, *joined))} from {piece_table(table)}{grouped}"
        )
        connection.exec_driver_sql(f"drop table {piece_table(table)}")
