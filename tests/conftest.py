"""A real PostgreSQL with the real sample in it, started once for all tests that ask for it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection
from xdist.scheduler import LoadScopeScheduling

from db import server as embedded
from db.ingest.sources import SOURCES
from db.ingest.swap import load
from db.store.engine import available, database_url, reading
from tests.db.importing import emptied


def pytest_xdist_make_scheduler(config: pytest.Config, log) -> LoadScopeScheduling:
    """What shares fixtures runs in one process: a file's tests, and all those in the browser."""
    return Together(config, log)


class Together(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        path = nodeid.partition("::")[0]
        return "browser" if path.startswith("tests/browser/") else path


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Iterator[Path]:
    """REELSCOPE_HOME of the whole test run, new and empty."""
    directory = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("REELSCOPE_HOME", str(directory))
        yield directory


@pytest.fixture(scope="session")
def server(home: Path) -> Iterator[str]:
    """The URL of an empty database: embedded, or the one that TEST_DATABASE_URL names."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("DATABASE_URL", raising=False)
        if named := os.environ.get("TEST_DATABASE_URL"):
            environment.setenv("DATABASE_URL", named)
        with available():
            yield database_url()


@pytest.fixture(scope="session")
def database(server: str) -> str:
    """The URL of a database in which the sample is loaded."""
    load(SOURCES["sample"]())
    return server


@pytest.fixture
def connection(database: str) -> Iterator[Connection]:
    """A connection on the sample, as the app gets it for one request."""
    with reading() as connection:
        yield connection


@pytest.fixture(scope="session")
def second_server(tmp_path_factory) -> Iterator[str]:
    """The URL of an embedded server beside the one with the sample."""
    directory = tmp_path_factory.mktemp("second")
    with embedded.running(directory):
        yield embedded.url(directory)


@pytest.fixture
def scratch(second_server, monkeypatch) -> None:
    """DATABASE_URL names an empty database, as a first start finds it."""
    monkeypatch.setenv("DATABASE_URL", second_server)
    emptied()


@pytest.fixture(scope="module", autouse=True)
def left_as_it_was() -> Iterator[None]:
    """No test changes a setting for those after it; home and database are of the whole run."""
    before = _settings()
    yield
    assert _settings() == before


def _settings() -> dict[str, str]:
    own = (name for name in os.environ if name.startswith("REELSCOPE_"))
    return {name: os.environ[name] for name in own if name != "REELSCOPE_HOME"}
