"""A user who may only read, or not even that, on a PostgreSQL that others fill."""

from collections.abc import Iterator
from signal import SIGINT

import psycopg2
import pytest
from sqlalchemy import text

from benchmarks.spark.tcp_server import TCPServer
from db.errors import DatabaseError, LoadError, MissingRight
from db.ingest.swap import load
from db.queries.frames import frame
from db.store.engine import dataset, engine, reading
from db.store.evaluations import evaluations, save_evaluation
from recommender.serving.measuring import measure_missing
from tests.db.importing import source
from tests.db.store.test_evaluations import REPORT

pytestmark = pytest.mark.slow

READER = "Film reader"


class Database:
    """A server with a dataset, and a user who has been granted nothing."""

    def __init__(self, server: TCPServer, monkeypatch) -> None:
        self.server, self.monkeypatch = server, monkeypatch
        monkeypatch.setenv("DATABASE_URL", server.url)
        load(source())
        self.run(f'drop role if exists "{READER}"', f"create role \"{READER}\" login password 'r'")

    def run(self, *statements: str) -> None:
        """As the superuser."""
        connection = psycopg2.connect(self.server.url)
        connection.autocommit = True
        for statement in statements:
            connection.cursor().execute(statement)
        connection.close()

    def as_reader(self) -> None:
        where = f"127.0.0.1:{self.server.port}/films"
        self.monkeypatch.setenv("DATABASE_URL", f"postgresql://Film%20reader:r@{where}")


@pytest.fixture(scope="module")
def tcp_server(tmp_path_factory) -> Iterator[TCPServer]:
    server = TCPServer(tmp_path_factory.mktemp("rights") / "data")
    yield server
    server.stop(SIGINT)


@pytest.fixture
def database(tcp_server, monkeypatch) -> Iterator[Database]:
    found = Database(tcp_server, monkeypatch)
    found.as_reader()
    yield found
    engine().dispose()
    found.run(f'drop owned by "{READER}"')


def refusal() -> str:
    with pytest.raises(MissingRight) as refused, reading():
        pass
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_without_rights_the_right_and_its_grant_are_named(database):
    assert refusal() == (
        f"The database user {READER} may not read: permission denied for schema reelscope."
        f' Who runs the database allows it with: GRANT pg_read_all_data TO "{READER}"'
    )


def test_the_catalogue_alone_is_not_enough(database):
    database.run(
        f'grant usage on schema reelscope to "{READER}"',
        f'grant select on all tables in schema reelscope to "{READER}"',
    )
    assert "permission denied for schema reelscope_" in refusal()


def test_a_table_that_may_not_be_read_is_named(database):
    database.run(f'grant pg_read_all_data to "{READER}"')
    with reading() as connection:
        schema = dataset(connection).schema
    database.run(
        f'revoke pg_read_all_data from "{READER}"',
        f'grant usage on schema reelscope, {schema} to "{READER}"',
        f'grant select on all tables in schema reelscope to "{READER}"',
        f'grant select on {schema}.movies to "{READER}"',
    )
    for ask in (
        lambda connection: connection.execute(text("select * from ratings")),
        lambda connection: frame(connection, "select movie_id from ratings", {}),  # by COPY
    ):
        with (
            pytest.raises(MissingRight, match=r"denied for table ratings.* GRANT pg_read_all_data"),
            reading() as connection,
        ):
            ask(connection)


def test_what_the_message_grants_is_enough_for_all_that_is_read(database):
    database.run(f'grant pg_read_all_data to "{READER}"')
    with reading() as connection:
        assert dataset(connection).name == "small"
        assert evaluations(connection).empty
    database.monkeypatch.setenv("DATABASE_URL", database.server.url)
    load(source(name="another"))
    database.as_reader()
    with reading() as connection:  # without another grant
        assert dataset(connection).name == "another"


def test_who_may_only_read_writes_nothing_and_measures_nothing(database, caplog):
    database.run(f'grant pg_read_all_data to "{READER}"')
    with pytest.raises(LoadError, match=r"permission denied for database films.* GRANT CREATE ON"):
        load(source(name="mine"))
    with pytest.raises(DatabaseError, match="can't be written to the database: permission denied"):
        save_evaluation(REPORT)
    caplog.set_level("INFO", "recommender.serving.measuring")
    assert measure_missing() == []
    assert "the database is read only" in caplog.text


def test_who_did_not_load_what_is_there_can_not_replace_it(database):
    database.run(f'grant create on database films to "{READER}"')
    with pytest.raises(LoadError, match=r"may not write: .* GRANT the role that loaded"):
        load(source(name="mine"))
