"""Spark on two cores of this machine, and a PostgreSQL that it can reach: over TCP."""

import os
from collections.abc import Iterator
from pathlib import Path
from signal import SIGINT

import pytest

from benchmarks.spark.tcp_server import TCPServer
from db.ingest.sources import SOURCES
from db.ingest.swap import load
from recommender.data.rating_matrix import RatingMatrix
from recommender.models.spark_als import SparkALSRecommender
from recommender.serving import artifacts
from recommender.serving.ratings import stored_matrix
from recommender.spark.spark_session import LOCAL, session

JAR = Path("/usr/share/java/postgresql.jar")


# A test elsewhere may be the first to start Java, which takes what it can load at its start
os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--driver-class-path {JAR} pyspark-shell")


def missing() -> str | None:
    """What the tests of Spark need beside requirements-extras.txt."""
    if reason := SparkALSRecommender.obstacle():
        return reason
    return None if JAR.exists() else f"{JAR} is missing: apt-get install libpostgresql-jdbc-java"


def pytest_collection_modifyitems(items) -> None:
    """All tests here but those of what is missing need Spark."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.extra)
            if reason := missing():
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def spark() -> Iterator:
    """One session for all tests: each start takes seconds."""
    with session(LOCAL) as started:
        yield started


@pytest.fixture(scope="session")
def tcp_server(tmp_path_factory) -> Iterator[TCPServer]:
    server = TCPServer(tmp_path_factory.mktemp("tcp") / "data")
    yield server
    server.stop(SIGINT)


@pytest.fixture(scope="module")
def loaded(tcp_server) -> RatingMatrix:
    """The sample, in the server that Spark can reach."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("DATABASE_URL", tcp_server.url)
        load(SOURCES["sample"]())
        return stored_matrix()


@pytest.fixture
def own_home(spark, tcp_server, loaded, monkeypatch, tmp_path) -> None:
    """What is trained of it goes into a folder of the test's own."""
    monkeypatch.setenv("DATABASE_URL", tcp_server.url)
    monkeypatch.setattr(artifacts, "home", lambda: tmp_path / "home")
