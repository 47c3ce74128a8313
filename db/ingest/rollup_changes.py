"""Rollups after ratings were added or changed: only the rows that these touch are written.

The statements of rollups.sql make them, as they make whole rollups, but out of temporary tables of
the same names, which hide the dataset's own:

    sums        movie_months holds the difference that the ratings make (added less replaced), so
                that each rollup made from it is the difference to the dataset's
    running     movie_months holds the films that were touched, since the first month that was, and
                all months before as one
    users       ratings holds what was added
"""

from sqlalchemy import Connection, text

from db.ingest.dataset_tables import MEASURES, statements
from db.ingest.wide_sums import MOST

SUMS = ("mask_months", "mask_years", "set_months", "set_years", "genre_months", "genre_years")
BY_FILM = ("movie_cumulative", "movie_totals")
FIRST_AND_LAST = ("first_month", "last_month")
BY_USER = ("user_totals", "user_ratings")
MADE = ("movie_months", "genre_sets", *SUMS, *BY_FILM, *BY_USER)
"""All tables that this module knows how to change."""

NO_YEAR = -(2**15)  # stands for null where rows are compared

# Sums are looked up by a hash of all their keys: by the one indexed, all rows of a month would be
# read for each row that is added to it. Rough statistics do, and those of arrays take seconds.
PLANNED = """
    set local search_path = pg_temp, {schema};
    set local enable_nestloop = off;
    set local default_statistics_target = 10
"""

# By film and month there is an index on all keys: rows are looked up one by one where they are few.
EACH_LOOKED_UP = "set local enable_nestloop = on"
HASHED = "set local enable_nestloop = off"

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
# The films touched since the month from which their running sums differ
SINCE = """
    create temp table since on commit drop as
        select movie_id, min(month) as month from pg_temp.movie_months group by movie_id;
    analyze pg_temp.since;
    drop table pg_temp.movie_months;
    create temp table movie_months on commit drop as
        select m.* from {schema}.movie_months m join since using (movie_id)
            where m.month >= since.month
        union all
        select movie_id, months[n], ratings[n], half_stars[n], squares[n],
            low[n], 0, 0, 0, 0, 0, 0, high[n], 0, 0, release_year, genre_mask
        from (
            select t.*, width_bucket((since.month - 1)::smallint, t.months) as n
            from {schema}.movie_cumulative t join since using (movie_id)
        ) before
        where n > 0;
    create temp table movie_cumulative (like {schema}.movie_cumulative including storage)
"""
# The sums before that month's predecessor stay: with that one the new ones begin
RUNNING = ("months", "ratings", "half_stars", "squares", "low", "high")
APPENDED = """
    merge into {{schema}}.movie_cumulative t using (
        select d.*, greatest(width_bucket((since.month - 1)::smallint, t.months) - 1, 0) as n
        from pg_temp.movie_cumulative d
        join since using (movie_id)
        left join {{schema}}.movie_cumulative t using (movie_id)
    ) d on t.movie_id = d.movie_id
    when matched then update set {appended}
    when not matched then insert values (d.movie_id, d.release_year, d.genre_mask, {inserted})
""".format(
    appended=", ".join(f"{name} = t.{name}[:d.n] || d.{name}" for name in RUNNING),
    inserted=", ".join(f"d.{name}" for name in RUNNING),
)
MONTHS_OF_FILMS = """
    update pg_temp.movie_totals d
    set first_month = t.months[1], last_month = t.months[cardinality(t.months)]
    from {schema}.movie_cumulative t where t.movie_id = d.movie_id
"""
USERS = """
    create temp table user_totals on commit drop as
        select user_id, sum(sign)::integer as ratings, sum(sign * half_stars)::integer as half_stars
        from (
            select user_id, half_stars, 1 as sign from incoming
            union all select user_id, half_stars, -1 from replaced
        ) c
        group by user_id;
    analyze pg_temp.user_totals;
    merge into {schema}.user_totals t using pg_temp.user_totals d on t.user_id = d.user_id
        when matched then update
            set ratings = t.ratings + d.ratings, half_stars = t.half_stars + d.half_stars
        when not matched then insert values (d.user_id, d.ratings, d.half_stars);
    delete from {schema}.user_ratings t using replaced d
        where t.user_id = d.user_id and t.movie_id = d.movie_id
"""


def change_rollups(connection: Connection, schema: str, users_one_in: int) -> None:
    """Bring the rollups of a schema up to `incoming` and `replaced`, which table ratings has.

    New films stand in table movies already. In the caller's transaction.
    """
    connection.exec_driver_sql(PLANNED.format(schema=schema))
    made = statements(users_one_in, MOST)  # written to columns that have room
    _change_sums(connection, schema, made)
    _change_films(connection, schema, made)
    _change_users(connection, schema, made)
    connection.exec_driver_sql(
        f"set local search_path = {schema}; reset enable_nestloop; reset default_statistics_target"
    )


def _change_sums(connection: Connection, schema: str, made: list[str]) -> None:
    connection.exec_driver_sql(DIFFERENCE.format(schema=schema))
    _make(connection, made, "genre_sets")
    connection.exec_driver_sql(
        f"insert into {schema}.genre_sets"
        f" select * from pg_temp.genre_sets except select * from {schema}.genre_sets"
    )
    connection.exec_driver_sql(EACH_LOOKED_UP)
    _add(connection, schema, "movie_months", ("movie_id", "month"))
    connection.exec_driver_sql(HASHED)
    for table in SUMS:
        _make(connection, made, table)
        _add(connection, schema, table, _keys(connection, table))
    _drop(connection, "genre_sets", *SUMS)


def _change_films(connection: Connection, schema: str, made: list[str]) -> None:
    """After _change_sums: the difference by film and month is there still."""
    _make(connection, made, "movie_totals")
    connection.exec_driver_sql(SINCE.format(schema=schema))
    _make(connection, made, "movie_cumulative")
    connection.exec_driver_sql(APPENDED.format(schema=schema))
    connection.exec_driver_sql(MONTHS_OF_FILMS.format(schema=schema))
    _add(connection, schema, "movie_totals", ("movie_id",), FIRST_AND_LAST)
    _drop(connection, "since", "movie_months", *BY_FILM)


def _change_users(connection: Connection, schema: str, made: list[str]) -> None:
    connection.exec_driver_sql(USERS.format(schema=schema))
    connection.exec_driver_sql("alter table incoming rename to ratings")
    _make(connection, made, "user_ratings")
    connection.exec_driver_sql(f"insert into {schema}.user_ratings select * from user_ratings")
    connection.exec_driver_sql("alter table ratings rename to incoming")
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


def _add(
    connection: Connection,
    schema: str,
    table: str,
    keys: tuple[str, ...],
    replaced: tuple[str, ...] = (),
) -> None:
    """Add a temporary rollup to the dataset's of the same name; rows of no ratings go.

    replaced: columns that are no sums.
    """
    sums = ", ".join(
        [
            *(f"{name} = t.{name} + d.{name}" for name in MEASURES),
            *(f"{name} = d.{name}" for name in replaced),
        ]
    )
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


def _drop(connection: Connection, *tables: str) -> None:
    connection.exec_driver_sql("drop table " + ", ".join(f"pg_temp.{name}" for name in tables))
