"""A second server, for tests that replace what is loaded."""

from collections.abc import Iterator

import pytest

from db import server
from db.store.engine import writing
from tests.db.importing import dataset_schemas


@pytest.fixture(scope="session")
def second_server(tmp_path_factory) -> Iterator[str]:
    """The URL of an embedded server beside the one with the sample."""
    directory = tmp_path_factory.mktemp("second")
    with server.running(directory):
        yield server.url(directory)


@pytest.fixture
def scratch(second_server, monkeypatch) -> None:
    """DATABASE_URL names an empty database, as a first start finds it."""
    monkeypatch.setenv("DATABASE_URL", second_server)
    emptied()


def emptied() -> None:
    """Drop everything of ours from the database that DATABASE_URL names."""
    with writing() as connection:
        for schema in ("reelscope", *dataset_schemas(connection)):
            connection.exec_driver_sql(f"drop schema if exists {schema} cascade")
        connection.commit()
