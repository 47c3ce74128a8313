"""Which sums of a dataset need 64 bits: those that pass 2^31 for a film or a year of all films.

No rollup has a larger row: each adds up ratings of one film, or of one year or month. 21 million
ratings of five stars reach it by their squares, 215 million by their half stars. Other sums stay at
32 bits: of most datasets all do. The layout is the same.
"""

from collections.abc import Collection

from sqlalchemy import Connection, text

LARGEST = 2**31 - 1  # of PostgreSQL's type integer

MOST = {"ratings": 1, "half_stars": 10, "squares": 100}
"""What one rating adds to each sum at most; counts of one value go with `ratings`."""

OF_ALL_FILMS = "select {sums} from movie_months group by movie_id"
OF_ALL_YEARS = "select {sums} from movie_months group by month / 12"
# Kept up to date by appends, and small
TOTALS = """
    select ratings, half_stars, squares from movie_totals
    union all select sum(ratings), sum(half_stars), sum(squares) from set_years group by year
"""
MONTHS = "select ratings, half_stars, squares from movie_months"
# What each measure is called in movie_cumulative
RUNNING = {"ratings": ("ratings", "low", "high"), "half_stars": ("half_stars",)}

TYPES = text("""
    select attname from pg_attribute
    where attrelid = cast(:table as regclass) and attnum > 0 and not attisdropped
        and atttypid in ('bigint'::regtype, 'bigint[]'::regtype)
""")


def widen(connection: Connection, ratings: int) -> Collection[str]:
    """The names of MOST that need 64 bits, for which movie_cumulative gets room.

    After movie_months is filled with so many ratings, and before the statements of ROLLUPS.
    """
    wide = _needed(connection, ratings)
    columns = [column for name in sorted(wide) for column in RUNNING.get(name, (name,))]
    changes = ", ".join(
        f"alter {name} type bigint[], alter {name} set storage external" for name in columns
    )
    if changes:
        connection.exec_driver_sql(f"alter table movie_cumulative {changes}")
    return wide


def _needed(connection: Connection, ratings: int) -> set[str]:
    asked = [name for name, most in MOST.items() if ratings * most > LARGEST]
    if not asked:
        return set()
    sums = ", ".join(f"sum({name}) as {name}" for name in asked)
    largest = ", ".join(f"max({name})" for name in asked)
    each = " union all ".join(select.format(sums=sums) for select in (OF_ALL_FILMS, OF_ALL_YEARS))
    found = connection.exec_driver_sql(f"select {largest} from ({each}) s").one()
    return {name for name, most in zip(asked, found, strict=True) if most > LARGEST}


def widen_months(connection: Connection, names: Collection[str]) -> set[str]:
    """Give these columns of movie_months 64 bits; returns all that have them until the commit.

    Other transactions may fill the table meanwhile, as on a cluster; this one has not begun to.
    """
    if names:
        changes = ", ".join(f"alter {name} type bigint" for name in names)
        connection.exec_driver_sql(f"alter table movie_months {changes}")
    connection.exec_driver_sql("lock table movie_months in row exclusive mode")
    return wide_columns(connection, "movie_months")


def outgrown(connection: Connection, new: int) -> bool:
    """Whether a sum of the current dataset may pass 32 bits with so many ratings more."""
    totals, months = (wide_columns(connection, name) for name in ("movie_totals", "movie_months"))
    if _pass(connection, TOTALS, new, MOST.keys() - totals):
        return True
    return _pass(connection, MONTHS, new, MOST.keys() & totals - months)


def _pass(connection: Connection, kept: str, new: int, names: Collection[str]) -> bool:
    """Whether sums of these names may."""
    if not names:
        return False
    largest = ", ".join(f"max({name})" for name in names)
    found = connection.exec_driver_sql(f"select {largest} from ({kept}) s").one()
    return any(most + new * MOST[name] > LARGEST for name, most in zip(names, found, strict=True))


def wide_columns(connection: Connection, table: str) -> set[str]:
    """Those of MOST that have 64 bits."""
    return MOST.keys() & set(connection.scalars(TYPES, {"table": table}))
