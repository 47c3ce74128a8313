"""/healthz while the process lives, /readyz when it can answer: against a real database."""

import contextlib
import socket
from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from sqlalchemy import make_url

from dashboard import health
from db.version import VERSION


@pytest.fixture
def client():
    app = Flask("health")
    health.install(app, "/a/b/")
    return app.test_client()


def test_ready_on_a_loaded_database(client, database):
    answer = client.get("/a/b/readyz")
    assert (answer.status_code, answer.text) == (200, "ready\n")


def test_not_ready_on_an_empty_database(client, server, monkeypatch):
    url = make_url(server).set(database="template1")  # every server has it, and nothing is in it
    monkeypatch.setenv("DATABASE_URL", url.render_as_string(hide_password=False))
    answer = client.get("/a/b/readyz")
    assert answer.status_code == 503
    assert answer.text.startswith("No ratings are loaded yet.") and answer.text.count("\n") == 1


@pytest.fixture
def refusing(monkeypatch) -> Iterator[list]:
    """DATABASE_URL names a server that hangs up on everyone; the list grows with each caller."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        callers = []

        def refuse() -> None:
            with contextlib.suppress(OSError):  # the end of the test
                while True:
                    caller = server.accept()[0]
                    callers.append(caller)
                    caller.close()

        thread = Thread(target=refuse)
        thread.start()
        port = server.getsockname()[1]
        monkeypatch.setenv("DATABASE_URL", f"postgresql://nobody@127.0.0.1:{port}/none")
        yield callers
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


def test_not_ready_without_a_database_and_it_asks_once(client, refusing):
    answer = client.get("/a/b/readyz")
    assert (answer.status_code, answer.text) == (503, "The database can't be reached.\n")
    assert len(refusing) == 1


def test_alive_without_a_database(client, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none")
    answer = client.get("/a/b/healthz")
    assert (answer.status_code, answer.text) == (200, f"ok\nReelscope {VERSION}\n")


def test_never_cached(client):
    assert client.get("/a/b/healthz").headers["Cache-Control"] == "no-store"
