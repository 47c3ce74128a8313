"""Through a real pgbouncer, by session and by transaction: reading, importing, and what is left."""

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from signal import SIGINT

import psycopg2
import pytest
from sqlalchemy import text

from benchmarks.spark.tcp_server import PASSWORD, USER, TCPServer
from db.ingest.swap import load
from db.store.engine import DatabaseUnavailable, dataset, engine, reading
from tests.db.importing import source

NOBODY = "nobody"

pytestmark = pytest.mark.extra

SETTINGS = """
[databases]
* = host=127.0.0.1 port={port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {listen}
auth_type = trust
auth_file = {directory}/users
pool_mode = {mode}
default_pool_size = 4
pidfile = {directory}/pid
logfile = {directory}/log
unix_socket_dir =
user = {user}
"""


@pytest.fixture(scope="module")
def direct(tmp_path_factory) -> Iterator[TCPServer]:
    server = TCPServer(tmp_path_factory.mktemp("pooled") / "data")
    yield server
    server.stop(SIGINT)


@pytest.fixture(params=["session", "transaction"])
def pooled(request, direct, tmp_path, monkeypatch) -> Iterator[str]:
    """DATABASE_URL names a pgbouncer before a database."""
    if not shutil.which("pgbouncer"):
        pytest.skip("pgbouncer is not installed")
    listen = _free_port()
    settings = tmp_path / "pgbouncer.ini"
    settings.write_text(
        SETTINGS.format(
            port=direct.port, listen=listen, mode=request.param, directory=tmp_path, user=NOBODY
        )
    )
    (tmp_path / "users").write_text(f'"{USER}" "{PASSWORD}"\n')
    for each in (tmp_path, *tmp_path.parents[:-2]):  # pgbouncer refuses to be root
        each.chmod(0o755)
    tmp_path.chmod(0o777)
    url = f"postgresql://{USER}@127.0.0.1:{listen}/films"
    process = subprocess.Popen(["pgbouncer", str(settings)], stderr=subprocess.DEVNULL)
    monkeypatch.setenv("DATABASE_URL", url)
    try:
        _wait_until_answered(url)
        yield url
    finally:
        engine().dispose()
        process.terminate()
        process.wait()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _wait_until_answered(url: str) -> None:
    for _ in range(50):
        try:
            psycopg2.connect(url, connect_timeout=2).close()
        except psycopg2.OperationalError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("pgbouncer does not answer")


def test_imports_and_readers_share_it(pooled):
    load(source(name="first"))
    with reading() as connection:
        assert dataset(connection).name == "first"
        assert connection.scalar(text("show transaction_read_only")) == "on"
    load(source(name="second"))
    with reading() as connection:
        assert dataset(connection).name == "second"


def test_nothing_is_left_to_the_next_client(pooled):
    load(source())
    with reading() as connection:
        assert connection.scalar(text("show statement_timeout")) == "30s"
    with psycopg2.connect(pooled) as another, another.cursor() as cursor:
        for name in ("transaction_read_only", "statement_timeout", "jit"):
            cursor.execute(f"select setting = boot_val from pg_settings where name = '{name}'")
            assert cursor.fetchone() == (True,), name
    another.close()


def test_a_pooler_that_is_gone_is_a_database_that_is_away(pooled, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@127.0.0.1:{_free_port()}/none")
    with pytest.raises(DatabaseUnavailable), reading():
        pass
