"""Whether the tails of a dataset's counts may be power laws: found out when it is made.

That takes a second or so of one processor, which no chart may take.
"""

import numpy as np
from sqlalchemy import Connection, text

from db.store.binary_copy import copy_out
from db.tails.goodness_of_fit import goodness_of_fit

COUNTS = "select ratings, count(*) as owners from {table} group by ratings order by ratings"
TYPES = dict.fromkeys(("ratings", "owners"), np.int64)
KEEP = text("""
    update reelscope.datasets set user_tail_p = :user_totals, movie_tail_p = :movie_totals
    where id = :number
""")


def describe_tails(connection: Connection, number: int) -> None:
    """Keep it of dataset `number`, whose tables are filled and on the search path."""
    tails = {table: _tail(connection, table) for table in ("user_totals", "movie_totals")}
    connection.execute(KEEP, {"number": number, **tails})


def _tail(connection: Connection, table: str) -> float | None:
    found = copy_out(connection, COUNTS.format(table=table), {}, TYPES)
    return goodness_of_fit(found["ratings"], found["owners"].astype(float))
