"""Connections: which server, read-only, one dataset per transaction, one clear line on trouble."""

import os

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.queries.frames import frame
from db.store.engine import (
    DatabaseError,
    DatabaseUnavailable,
    available,
    database_url,
    dataset,
    reading,
    writing,
)


@pytest.mark.parametrize(
    "configured",
    [
        "postgres://ann:s%40crot@db.example:5433/films?sslmode=require",
        "postgresql://ann:s%40crot@db.example:5433/films?sslmode=require",
        "postgresql+psycopg2://ann:s%40crot@db.example:5433/films?sslmode=require",
        "postgresql+psycopg://ann:s%40crot@db.example:5433/films?sslmode=require",
        "  postgres://ann:s%40crot@db.example:5433/films?sslmode=require\n",
    ],
)
def test_every_form_of_database_url_goes_through_psycopg2(monkeypatch, configured):
    monkeypatch.setenv("DATABASE_URL", configured)
    expected = "postgresql+psycopg2://ann:s%40crot@db.example:5433/films?sslmode=require"
    assert database_url() == expected


@pytest.mark.parametrize("configured", ["films", "sqlite:///films.db", "mysql://host/films", "://"])
def test_a_database_url_that_is_none_is_refused(monkeypatch, configured):
    monkeypatch.setenv("DATABASE_URL", configured)
    with pytest.raises(DatabaseError, match="DATABASE_URL"):
        database_url()


def test_an_unreachable_server_is_one_line_without_the_password(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://ann:secret@/films?host={tmp_path}")
    with pytest.raises(DatabaseError, match="can't be reached") as error, available():
        pass
    assert "secret" not in str(error.value) and "\n" not in str(error.value)
    with pytest.raises(DatabaseUnavailable), reading():
        pass


def test_the_app_can_only_read(connection):
    with pytest.raises(DBAPIError, match="read-only transaction"):
        connection.execute(text("create table anything (a integer)"))


def test_a_statement_cannot_run_for_ever(connection):
    assert connection.scalar(text("show statement_timeout")) == "30s"


def test_reading_is_bound_to_the_current_dataset(connection):
    current = dataset(connection)
    assert connection.scalar(text("show search_path")) == current.schema
    assert connection.scalar(text("select count(*) from ratings")) == current.ratings == 100_004


def test_a_connection_that_the_server_ended_is_replaced(database):
    backend = text("select pg_backend_pid()")
    with reading() as connection:
        first = connection.scalar(backend)
    with writing() as other:
        assert other.scalar(text("select pg_terminate_backend(:pid)"), {"pid": first})
    with reading() as connection:
        assert connection.scalar(backend) != first


END_OWN_CONNECTION = "select pg_terminate_backend(pg_backend_pid()) as total"


@pytest.mark.parametrize(
    "ask",
    [
        lambda connection: connection.execute(text(END_OWN_CONNECTION)),
        lambda connection: frame(connection, END_OWN_CONNECTION, {}),  # by COPY
    ],
)
def test_losing_the_server_in_mid_request_is_unavailable(database, ask):
    with pytest.raises(DatabaseUnavailable), reading() as connection:
        ask(connection)
    with reading() as connection:
        assert connection.scalar(text("select 1")) == 1


def test_a_forked_process_has_connections_of_its_own(database):
    with reading() as connection:
        parent = connection.scalar(text("select pg_backend_pid()"))
    read_end, write_end = os.pipe()
    if os.fork() == 0:
        try:
            with reading() as connection:
                child = connection.scalar(text("select pg_backend_pid()"))
            os.write(write_end, str(child).encode())
        finally:
            os._exit(0)
    os.wait()
    child = int(os.read(read_end, 20))
    assert child != parent
    with reading() as connection:  # the child's end did not close the parent's
        assert connection.scalar(text("select pg_backend_pid()")) != child
