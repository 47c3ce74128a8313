"""What `python -m recommender evaluate` measured, kept beside the datasets it was measured on."""

import json
from collections.abc import Mapping

import pandas as pd
from sqlalchemy import Connection, TextClause, text
from sqlalchemy.exc import DBAPIError

from db.errors import DatabaseError
from db.store.engine import writing
from db.store.rights import reason

CREATE = """
    create schema if not exists reelscope;
    create table if not exists reelscope.evaluations (
        dataset     text not null,
        fingerprint text not null,
        protocol    text not null,
        seed        integer not null,
        model       text not null,
        result      jsonb not null,
        measured_at timestamptz not null default now()
    );
    alter table reelscope.evaluations drop constraint if exists evaluations_pkey;  -- before splits
    create unique index if not exists evaluations_of on reelscope.evaluations
        (fingerprint, protocol, seed, model, (result ->> 'split'));
"""
SAVE = text("""
    insert into reelscope.evaluations (dataset, fingerprint, protocol, seed, model, result)
    values (:dataset, :fingerprint, :protocol, :seed, :model, cast(:result as jsonb))
    on conflict (fingerprint, protocol, seed, model, (result ->> 'split'))
    do update set dataset = excluded.dataset, result = excluded.result, measured_at = now()
""")
EARLIER = text("""
    update reelscope.evaluations set result = result || '{"earlier": true}'
    where fingerprint = :fingerprint and model = :model
    and result ->> 'made_by' is distinct from :made_by and not result ? 'earlier'
""")
READ = text("""
    select dataset, fingerprint, protocol, seed, model, result, measured_at
    from reelscope.evaluations order by measured_at desc, model
""")
# Whoever writes a row gives it the number of their transaction
STATE = text("""
    select count(*), coalesce(max(xmin::text::bigint), 0) from reelscope.evaluations
""")


def save_evaluation(report: Mapping) -> None:
    """Keep a report of `recommender evaluate`; a model's earlier one of the same split is replaced.

    report: dataset, fingerprint, protocol, seed, results (each with its model and its split).
    Raises: DatabaseError where we may not write there.
    """
    common = {key: report[key] for key in ("dataset", "fingerprint", "protocol", "seed")}
    rows = [
        common | {"model": result["model"], "result": json.dumps(result)}
        for result in report["results"]
    ]
    _write(SAVE, rows)


def mark_earlier(fingerprint: str, made_by: Mapping[str, str]) -> None:
    """Mark a dataset's results that other code made than today's, by model.

    Raises: DatabaseError where we may not write there.
    """
    rows = [
        {"fingerprint": fingerprint, "model": model, "made_by": today}
        for model, today in made_by.items()
    ]
    _write(EARLIER, rows)


def state(connection: Connection) -> tuple[int, int]:
    """The same as long as nothing was written, changed or deleted here."""
    if not _is_there(connection):
        return 0, 0
    rows, written = connection.execute(STATE).one()
    return rows, written


def _is_there(connection: Connection) -> bool:
    return connection.scalar(text("select to_regclass('reelscope.evaluations')")) is not None


def _write(statement: TextClause, rows: list[dict]) -> None:
    """Execute it for each row, in the table that is made where there is none."""
    try:
        with writing() as connection:
            connection.exec_driver_sql(CREATE)
            connection.execute(statement, rows)
            connection.commit()
    except DBAPIError as error:
        raise DatabaseError(
            f"The figures can't be written to the database: {reason(error)}"
        ) from error


def evaluations(connection: Connection) -> pd.DataFrame:
    """Everything that was measured, the latest first.

    Returns: dataset, fingerprint, protocol, seed, model, result (as in the report), measured_at.
    """
    columns = ["dataset", "fingerprint", "protocol", "seed", "model", "result", "measured_at"]
    if not _is_there(connection):
        return pd.DataFrame(columns=columns)
    return pd.DataFrame(connection.execute(READ).fetchall(), columns=columns)
