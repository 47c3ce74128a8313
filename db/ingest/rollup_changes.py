"""Rollups after ratings were added or changed: only the rows that these touch are written.

The statements of rollups.sql make them, as they make whole rollups, but out of temporary tables of
the same names, which hide the dataset's own:

    sums        movie_months holds the difference that the ratings make (added less replaced), so
                that each rollup made from it is the difference to the dataset's
    films       movie_months holds the films that were touched, so that rows by film can be replaced
    users       ratings holds the users who were touched, likewise
"""

from sqlalchemy import Connection, text

from db.ingest.dataset_tables import MEASURES, statements

SUMS = ("mask_months", "mask_years", "set_months", "set_years", "genre_months", "genre_years")
BY_FILM = ("movie_cumulative", "movie_totals")
BY_USER = ("user_totals", "user_ratings")
MADE = ("movie_months", "genre_sets", *SUMS, *BY_FILM, *BY_USER)
"""All tables that this module knows how to change."""

NO_YEAR = -(2**15)  # stands for null where rows are compared

# What the ratings add to the sums by film and month
DIFFERENCE = """
    create temp table movie_months (like {{schema}}.movie_months) on commit drop;
    insert into pg_temp.movie_months
    select movie_id, month, {sums}, release_year, genre_mask
    from (
        select movie_id, month, half_stars, 1 as sign from incoming
        union all select movie_id, month, half_stars, -1 from replaced
    ) c join {{schema}}.movies using (movie_id)
    group by movie_id, month, release_year, genre_mask;
    analyze pg_temp.movie_months
""".format(
    sums=", ".join(
        (
            *("sum(sign)", "sum(sign * half_stars)", "sum(sign * half_stars * half_stars)"),
            *(f"coalesce(sum(sign) filter (where half_stars = {n}), 0)" for n in range(1, 11)),
        )
    )
)
FILMS_TOUCHED = """
    create temp table movie_months on commit drop as
        select * from {schema}.movie_months
        where movie_id in (select distinct movie_id from incoming);
    create temp table movie_cumulative (like {schema}.movie_cumulative) on commit drop
"""
USERS_TOUCHED = """
    create temp table ratings on commit drop as
        select * from {schema}.ratings where user_id in (select distinct user_id from incoming)
"""


def change_rollups(connection: Connection, schema: str, users_one_in: int) -> None:
    """Bring the rollups of a schema up to `incoming` and `replaced`, which table ratings has.

    New films stand in table movies already. In the caller's transaction.
    """
    connection.exec_driver_sql(f"set local search_path = pg_temp, {schema}")
    made = statements(users_one_in)
    _change_sums(connection, schema, made)
    _replace_films(connection, schema, made)
    _replace_users(connection, schema, made)
    connection.exec_driver_sql(f"set local search_path = {schema}")


def _change_sums(connection: Connection, schema: str, made: list[str]) -> None:
    connection.exec_driver_sql(DIFFERENCE.format(schema=schema))
    _make(connection, made, "genre_sets")
    connection.exec_driver_sql(
        f"insert into {schema}.genre_sets"
        f" select * from pg_temp.genre_sets except select * from {schema}.genre_sets"
    )
    _add(connection, schema, "movie_months", ("movie_id", "month"))
    for table in SUMS:
        _make(connection, made, table)
        _add(connection, schema, table, _keys(connection, table))
    _drop(connection, "movie_months", "genre_sets", *SUMS)


def _replace_films(connection: Connection, schema: str, made: list[str]) -> None:
    connection.exec_driver_sql(FILMS_TOUCHED.format(schema=schema))
    for table in BY_FILM:
        _make(connection, made, table)
        _replace(connection, schema, table, "movie_id")
    _drop(connection, "movie_months", *BY_FILM)


def _replace_users(connection: Connection, schema: str, made: list[str]) -> None:
    connection.exec_driver_sql(USERS_TOUCHED.format(schema=schema))
    _make(connection, made, "user_totals")
    _replace(connection, schema, "user_totals", "user_id")
    _drop(connection, "ratings")  # what comes now looks users up by the key of the dataset's own
    _make(connection, made, "user_ratings")
    connection.exec_driver_sql(
        f"delete from {schema}.user_ratings where user_id in (select user_id from user_totals)"
    )
    connection.exec_driver_sql(f"insert into {schema}.user_ratings select * from user_ratings")
    _drop(connection, *BY_USER)


def _make(connection: Connection, made: list[str], table: str) -> None:
    """Run the statement that fills a rollup: the first schema of the path is the temporary one."""
    heads = (f"create table {table} as", f"insert into {table}\n")
    (statement,) = (each for each in made if any(head in each for head in heads))
    connection.exec_driver_sql(statement)
    connection.exec_driver_sql(f"analyze pg_temp.{table}")


def _keys(connection: Connection, table: str) -> tuple[str, ...]:
    return tuple(name for name in _columns(connection, table) if name not in MEASURES)


def _columns(connection: Connection, table: str) -> tuple[str, ...]:
    """Of a temporary table, which the dataset's own has in the same order."""
    names = connection.scalars(
        text("""
            select attname from pg_attribute
            where attrelid = ('pg_temp.' || :table)::regclass and attnum > 0 order by attnum
        """),
        {"table": table},
    )
    return tuple(names)


def _add(connection: Connection, schema: str, table: str, keys: tuple[str, ...]) -> None:
    """Add a temporary rollup to the dataset's of the same name; rows of no ratings go."""
    sums = ", ".join(f"{name} = t.{name} + d.{name}" for name in MEASURES)
    values = ", ".join(f"d.{name}" for name in _columns(connection, table))
    connection.exec_driver_sql(f"""
        merge into {schema}.{table} t using pg_temp.{table} d on {" and ".join(map(_same, keys))}
        when matched and t.ratings + d.ratings = 0 then delete
        when matched then update set {sums}
        when not matched then insert values ({values})
    """)


def _same(key: str) -> str:
    """That a key is equal in t and d; a genre or a year may be null in both."""
    if key in ("genre", "release_year"):
        return f"coalesce(t.{key}, {NO_YEAR}) = coalesce(d.{key}, {NO_YEAR})"
    return f"t.{key} = d.{key}"


def _replace(connection: Connection, schema: str, table: str, key: str) -> None:
    """Put a temporary rollup's rows in the place of the dataset's for the same keys."""
    connection.exec_driver_sql(
        f"delete from {schema}.{table} where {key} in (select {key} from pg_temp.{table})"
    )
    connection.exec_driver_sql(f"insert into {schema}.{table} select * from pg_temp.{table}")


def _drop(connection: Connection, *tables: str) -> None:
    connection.exec_driver_sql("drop table " + ", ".join(f"pg_temp.{name}" for name in tables))
